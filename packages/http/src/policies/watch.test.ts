import {
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { isAllowed, requestContext } from '@iamkit/core'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { PolicyFilesError } from '../errors.js'
import { type FilesOptions, files, type PolicyFiles } from './files.js'

const READ = 'acme/identity/everyone/read.json'
const principal = { type: 'user', account: 'acme', arn: 'arn:aws:iam::acme:user/ann' } as const

const allow = (action: string) =>
  JSON.stringify({ Statement: { Effect: 'Allow', Action: action, Resource: '*' } })

let folder: string
let problems: PolicyFilesError[]
let policies: PolicyFiles | undefined
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'iamkit-watch-')), 'policies')
  problems = []
  policies = undefined
})
afterEach(() => {
  policies?.close()
  rmSync(dirname(folder), { recursive: true })
})

function write(file: string, text: string, root = folder): void {
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), text)
}

function open(options: FilesOptions = { watch: true, debounce: 20 }): PolicyFiles {
  policies = files(folder, { onProblem: (error) => problems.push(error), ...options })
  return policies
}

/** Which of two actions Ann may perform. */
function may(source: PolicyFiles): readonly string[] {
  const set = source({ principal, resource: '*' })
  const context = requestContext({})
  return ['docs:Get', 'docs:Put'].filter((action) =>
    isAllowed(set, { principal, action, resource: '*', resourceAccount: 'acme', context }),
  )
}

const soon = { timeout: 5000, interval: 20 }

describe('files, watched', () => {
  it('takes over what has changed', async () => {
    write(READ, allow('docs:Get'))
    const source = open()
    expect([may(source), source.status().generation]).toEqual([['docs:Get'], 1])
    write(READ, allow('docs:Put'))
    await vi.waitFor(() => expect(may(source)).toEqual(['docs:Put']), soon)
    expect(source.status()).toMatchObject({ generation: 2, problems: [] })
  })

  it('takes over files in folders that were not there before', async () => {
    write(READ, allow('docs:Get'))
    const source = open()
    write('acme/identity/user/ann/own.json', allow('docs:Put'))
    await vi.waitFor(() => expect(may(source)).toEqual(['docs:Get', 'docs:Put']), soon)
    write('acme/identity/user/ann/own.json', allow('docs:Other'))
    await vi.waitFor(() => expect(may(source)).toEqual(['docs:Get']), soon)
  })

  it('forgets a file that was taken out', async () => {
    write(READ, allow('docs:Get'))
    write('acme/identity/everyone/write.json', allow('docs:Put'))
    const source = open()
    unlinkSync(join(folder, READ))
    await vi.waitFor(() => expect(may(source)).toEqual(['docs:Put']), soon)
  })

  it('keeps the old policies while a file is bad, says so, and takes over when it is mended', async () => {
    write(READ, allow('docs:Get'))
    const loadedAt = new Date('2026-05-01T12:00:00Z')
    const source = open({ watch: true, debounce: 20, clock: () => loadedAt })
    write('acme/identity/everyone/write.json', '{ "Statement": [')
    await vi.waitFor(() => expect(problems.length).toBeGreaterThan(0), soon)
    expect(may(source)).toEqual(['docs:Get'])
    expect(source.status()).toMatchObject({
      loadedAt,
      generation: 1,
      problems: [{ file: 'acme/identity/everyone/write.json', line: 1 }],
    })
    write('acme/identity/everyone/write.json', allow('docs:Put'))
    await vi.waitFor(() => expect(may(source)).toEqual(['docs:Get', 'docs:Put']), soon)
    expect(source.status()).toMatchObject({ generation: 2, problems: [] })
  })

  it('shouts to the console where nobody else listens, and outlives a listener that throws', async () => {
    write(READ, allow('docs:Get'))
    const shout = vi.spyOn(console, 'error').mockReturnValue()
    const source = files(folder)
    write(READ, 'nothing')
    expect(source.reload()).toBe(false)
    expect(shout.mock.calls[0]?.[0]).toMatch(
      /^iamkit: the policies stay as they were: invalid polic/,
    )
    shout.mockRestore()
    write(READ, allow('docs:Get'))
    const deaf = open({
      onProblem: () => {
        throw new Error('deaf')
      },
    })
    write(READ, 'nothing')
    expect(deaf.reload()).toBe(false)
  })

  it('sees that the folder itself was exchanged behind a link', async () => {
    const one = join(dirname(folder), 'one')
    const two = join(dirname(folder), 'two')
    write(READ, allow('docs:Get'), one)
    write(READ, allow('docs:Put'), two)
    symlinkSync(one, folder)
    const source = open()
    symlinkSync(two, `${folder}.next`)
    renameSync(`${folder}.next`, folder)
    await vi.waitFor(() => expect(may(source)).toEqual(['docs:Put']), soon)
  })

  it('keeps the old policies while the folder is gone, and finds it when it is back', async () => {
    write(READ, allow('docs:Get'))
    const source = open()
    rmSync(folder, { recursive: true })
    await vi.waitFor(() => expect(source.status().problems).not.toEqual([]), soon)
    expect(may(source)).toEqual(['docs:Get'])
    write(READ, allow('docs:Put'))
    await vi.waitFor(() => expect(may(source)).toEqual(['docs:Put']), { ...soon, timeout: 8000 })
  }, 15_000)

  it('does not look again once it is closed', async () => {
    write(READ, allow('docs:Get'))
    const source = open()
    source.close()
    write(READ, allow('docs:Put'))
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(may(source)).toEqual(['docs:Get'])
    expect(source.reload()).toBe(true)
    expect(may(source)).toEqual(['docs:Put'])
  })

  it('keeps its plans where nothing has really changed', async () => {
    write(READ, allow('docs:Get'))
    const source = open({})
    const before = source({ principal, resource: '*' })
    write(READ, allow('docs:Get'))
    expect(source.reload()).toBe(true)
    expect(source({ principal, resource: '*' })).toBe(before)
    expect(source.status().generation).toBe(1)
  })
})

describe('files, of groups', () => {
  it('gives a user what its groups have, and nobody else', () => {
    write('acme/identity/group/writers/put.json', allow('docs:Put'))
    write('acme/identity/group/readers/get.json', allow('docs:Get'))
    const source = open({})
    const countOf = (question: Parameters<PolicyFiles>[0]) => source(question).identity?.length
    const resource = '*'
    const roleArn = 'arn:aws:iam::acme:role/editor'
    const session = { ...principal, type: 'role-session', roleArn } as const
    expect(countOf({ principal, resource, groups: ['writers', 'readers', 'writers'] })).toBe(2)
    expect(countOf({ principal, resource, groups: ['writers', 'nobody'] })).toBe(1)
    expect(countOf({ principal, resource })).toBe(0)
    expect(countOf({ principal: session, resource, groups: ['writers'] })).toBe(0)
  })
})
