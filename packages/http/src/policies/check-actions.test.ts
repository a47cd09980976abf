import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { docsIam } from '../../test/docs.js'
import type { PolicyFilesError } from '../errors.js'
import { type FilesOptions, files } from './files.js'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'iamkit-actions-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const FILE = 'acme/identity/everyone/read.json'

function write(element: 'Action' | 'NotAction', actions: unknown, Condition = {}): void {
  mkdirSync(dirname(join(folder, FILE)), { recursive: true })
  const statement = { Effect: 'Allow', [element]: actions, Resource: '*', Condition }
  writeFileSync(join(folder, FILE), JSON.stringify({ Statement: [statement] }))
}

/** What keeps the app from starting; empty where nothing does. */
function problems(options: FilesOptions = {}): readonly object[] {
  try {
    docsIam(undefined, { policies: files(folder, options) })
    return []
  } catch (error) {
    return (error as PolicyFilesError).problems
  }
}

describe('policies in files', () => {
  it('may not ask for a key that no request has', () => {
    write('Action', 'docs:*', { StringEquals: { 'aws:ResorceTag/team': 'x' } })
    expect(problems()).toEqual([
      {
        file: FILE,
        pointer: '/Statement/0/Condition',
        line: 1,
        column: 15,
        message: '`aws:ResorceTag/team` is no global condition key: no request has it',
      },
    ])
  })

  it.each([
    '*',
    '*:*',
    'docs:*',
    'docs:Get*',
    'DOCS:getdocument',
    ['docs:GetDocument', 'docs:ListDocuments'],
  ])('may speak of %j', (actions) => {
    write('Action', actions)
    expect(problems()).toEqual([])
  })

  it('may not speak of an action that its service lacks', () => {
    write('Action', ['docs:GetDocument', 'docs:GetDocumnet'])
    expect(problems()).toEqual([
      {
        file: FILE,
        pointer: '/Statement/0/Action',
        line: 1,
        column: 15,
        message:
          '`docs:GetDocumnet` is no action of `docs`, which has docs:ListDocuments, docs:GetDocument, ' +
          'docs:CreateDocument, docs:UseKey, docs:ReadStatus',
      },
    ])
  })

  it('may not leave out an action that its service lacks', () => {
    write('NotAction', 'docs:Delete*')
    expect(problems()).toMatchObject([{ pointer: '/Statement/0/NotAction' }])
  })

  it('may speak of other services only where these are named', () => {
    write('Action', ['docs:*', 's3:GetObject'])
    expect(problems()).toMatchObject([
      {
        message:
          '`s3:GetObject` is no action of this app, which has `docs`; for a policy that speaks of others too, ' +
          "name them: `otherServices: ['s3']`",
      },
    ])
    expect(problems({ otherServices: ['S3'] })).toEqual([])
  })

  it('stay as they were where a changed file speaks of what there is not', () => {
    write('Action', 'docs:*')
    const heard: PolicyFilesError[] = []
    const policies = files(folder, { onProblem: (error) => heard.push(error) })
    docsIam(undefined, { policies })
    write('Action', 'docs:Nothing')
    expect(policies.reload()).toBe(false)
    expect(policies.status()).toMatchObject({ generation: 1, problems: [{ file: FILE }] })
    expect(heard).toHaveLength(1)
    write('Action', 'docs:Get*')
    expect(policies.reload()).toBe(true)
    expect(policies.status()).toMatchObject({ generation: 2, problems: [] })
  })
})
