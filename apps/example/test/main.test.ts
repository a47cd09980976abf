import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { unpackCluster } from './example.js'

const root = resolve(import.meta.dirname, '../../..')
const data = mkdtempSync(join(tmpdir(), 'iamkit-example-'))
const started: ChildProcess[] = []
afterAll(() => {
  for (const child of started) child.kill('SIGKILL')
  rmSync(data, { recursive: true })
})

interface Running {
  readonly child: ChildProcess
  /** What it has printed so far. */
  readonly output: () => string
  readonly ended: Promise<{ code: number | null; stdout: string; stderr: string }>
}

/** What `npm start` runs. */
function start(...args: readonly string[]): Running {
  const command = ['--import', 'tsx', '--conditions=@iamkit/source', 'apps/example/src/main.ts']
  const child = spawn(process.execPath, [...command, ...args], { cwd: root })
  started.push(child)
  const text = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      text[name] += chunk
    })
  }
  return {
    child,
    output: () => text.stdout,
    ended: new Promise((done) => child.on('close', (code) => done({ code, ...text }))),
  }
}

describe('npm start', () => {
  it('-- --once ends after the tour, and shows routes, calls and reasons', async () => {
    const { code, stdout, stderr } = await start('--once', '--port', '0', '--data', data).ended
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain(
      'GET,HEAD /folders/:folderId/documents/:documentId               docs:GetDocument\n',
    )
    expect(stdout).toContain(
      '    403     no identity-based policy allows the docs:CreateDocument action\n' +
        '            `aws:RequestTag/team` is `finance`, `CreateDocumentForOwnTeam` wants `engineering`\n',
    )
    expect(stdout).toMatch(/\nAll 18 calls were answered as the policies say\.\n$/)
    expect(stdout).not.toContain('\u001b')
  }, 120_000)

  it('-- --once --shadow --koa refuses nothing, and ends with its report', async () => {
    const args = ['--once', '--shadow', '--koa', '--port', '0', '--data', data]
    const { code, stdout, stderr } = await start(...args).ended
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain(
      'Shadow mode refuses nothing: 190 of 190 calls in 10 working days were answered.\n\n' +
        'iamkit shadow  would have denied 30 of 190 calls since ',
    )
    expect(stdout).toMatch(
      /\nThese statements would allow 20 of them:\n {2}identity policy, [\s\S]+\}\n$/,
    )
  }, 120_000)

  it('stays up with lines to paste, alone in its folder, until it is told to stop', async () => {
    const first = start('--port', '0', '--data', data)
    await expect.poll(first.output, { timeout: 90_000 }).toContain('Ctrl+C ends it.')
    const [, url] = /Listening on (\S+)/.exec(first.output()) ?? []
    const [, token] = /^ada=(\S+)$/m.exec(first.output()) ?? []
    expect(first.output()).toContain(
      `curl -sw '\\n' -H "authorization: Bearer $ada" ${url}/folders/roadmap/documents/plan\n`,
    )
    const plan = await fetch(`${url}/folders/roadmap/documents/plan`, {
      headers: { authorization: `Bearer ${token}` },
    })
    expect(await plan.json()).toMatchObject({ title: 'Plan for the year' })

    expect(await (await fetch(`${url}/`)).text()).toContain('<title>Documents: ')
    expect(first.output()).toMatch(/The control plane listens on http:\/\/127\.0\.0\.1:\d+: /)

    const second = await start('--once', '--port', '0', '--data', data).ended
    expect(second).toMatchObject({
      code: 2,
      stderr: `example: process ${first.child.pid} uses \`${data}\`: stop it, or choose another folder with \`--data\`\n`,
    })

    first.child.kill('SIGTERM')
    expect(await first.ended).toMatchObject({ code: 0, stderr: '' })
    expect(readdirSync(data).sort()).toEqual(['control-plane', 'database', 'issuer.json'])
  }, 120_000)

  it('-- --once --files does without a control plane', async () => {
    const folder = join(data, 'files')
    unpackCluster(join(folder, 'database'))
    const args = ['--once', '--files', '--port', '0', '--data', folder]
    const { code, stdout, stderr } = await start(...args).ended
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/\nAll 18 calls were answered as the policies say\.\n$/)
    expect(readdirSync(folder).sort()).toEqual(['database', 'issuer.json'])
  }, 120_000)

  it.each([
    ['--port', '99999'],
    ['--tour', 'long'],
  ])(
    'explains itself when told `%s %s`',
    async (...args) => {
      const { code, stdout, stderr } = await start(...args).ended
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      expect(stderr).toMatch(/^example: .+\n\nnpm start -- \[options\]\n/)
    },
    30_000,
  )
})
