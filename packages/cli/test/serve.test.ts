import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { sign } from '@iamkit/sigv4'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { iamkit } from './terminal.js'

const root = resolve(import.meta.dirname, '../../..')
const folder = mkdtempSync(join(tmpdir(), 'iamkit-serve-'))
/** What `npm` links, on the packages as built. */
const command = resolve(import.meta.dirname, '../bin/iamkit.js')
const running: ChildProcess[] = []
/** A start on a machine where much else runs. */
const START = 120_000

afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const TEST = {
  IAMKIT_ACCOUNT_ID: '111122223333',
  IAMKIT_ROOT_ACCESS_KEY_ID: 'AKIATESTROOT00000000',
  IAMKIT_ROOT_SECRET_ACCESS_KEY: 'a secret of the tests',
}
const testKeys = {
  accessKeyId: TEST.IAMKIT_ROOT_ACCESS_KEY_ID,
  secretAccessKey: TEST.IAMKIT_ROOT_SECRET_ACCESS_KEY,
}

interface Running {
  readonly child: ChildProcess
  readonly out: () => string
  readonly err: () => string
  readonly ended: Promise<number | null>
}

function start(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Running {
  const { PATH = '', HOME = '' } = process.env
  const child = spawn('node', [command, ...args], {
    cwd: root,
    env: { PATH, HOME, ...environment },
  })
  running.push(child)
  let out = ''
  let err = ''
  child.stdout?.on('data', (chunk) => {
    out += chunk
  })
  child.stderr?.on('data', (chunk) => {
    err += chunk
  })
  const ended = once(child, 'exit').then(([code]) => code as number | null)
  return { child, out: () => out, err: () => err, ended }
}

async function urlOf(server: Running): Promise<string> {
  const read = () => /iamkit serves IAM and STS on (\S+)/.exec(server.out())?.[1]
  await expect.poll(read, { timeout: START, message: server.err() }).toBeDefined()
  return read() ?? ''
}

interface Keys {
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

async function ask(
  url: string,
  keys: Keys,
  parameters: Readonly<Record<string, string>>,
): Promise<string> {
  const service = parameters.Action === 'GetCallerIdentity' ? 'sts' : 'iam'
  const Version = service === 'sts' ? '2011-06-15' : '2010-05-08'
  const body = new URLSearchParams({ Version, ...parameters })
  const scope = { service, region: 'us-east-1', date: new Date() }
  const answer = await fetch(await sign(new Request(url, { method: 'POST', body }), keys, scope))
  return `${answer.status} ${await answer.text()}`
}

describe('iamkit serve', () => {
  it(
    'prints root credentials once, ends on a signal, and knows everything when it starts again',
    async () => {
      const args = ['serve', '--port', '0', '--data', join(folder, 'data'), '--log-level', 'warn']
      const first = start(args)
      const url = await urlOf(first)
      const keys = {
        accessKeyId: /AWS_ACCESS_KEY_ID=(\S+)/.exec(first.out())?.[1] ?? '',
        secretAccessKey: /AWS_SECRET_ACCESS_KEY=(\S+)/.exec(first.out())?.[1] ?? '',
      }
      const account = /Account (\d{12})/.exec(first.out())?.[1]
      expect(await ask(url, keys, { Action: 'GetCallerIdentity' })).toContain(
        `arn:aws:iam::${account}:root`,
      )
      expect(await ask(url, keys, { Action: 'CreateUser', UserName: 'ada' })).toMatch(/^200/)
      expect(statSync(join(folder, 'data', 'vault.key')).mode & 0o777).toBe(0o600)

      const second = start(args)
      expect(await second.ended).toBe(3)
      expect(second.err()).toContain('one process at a time may use a data folder')

      first.child.kill('SIGTERM')
      expect(await first.ended).toBe(0)
      const again = start(args)
      const newUrl = await urlOf(again)
      expect(again.out()).not.toContain('AWS_SECRET_ACCESS_KEY')
      expect(await ask(newUrl, keys, { Action: 'GetUser', UserName: 'ada' })).toMatch(/^200/)
      again.child.kill('SIGINT')
      expect(await again.ended).toBe(0)

      const exported = start(['export', '--account', account ?? '', '--data', join(folder, 'data')])
      expect(await exported.ended).toBe(0)
      const archive = JSON.parse(exported.out())
      expect(archive).toMatchObject({ account, records: { user: [{ name: 'ada' }] } })
      expect(Object.keys(archive.records)).not.toContain('access-key')
    },
    2 * START,
  )

  it(
    'prints them too where its port is taken, and makes nothing where an option is wrong',
    async () => {
      const other = createServer().listen(0, '127.0.0.1')
      await once(other, 'listening')
      const { port } = other.address() as AddressInfo
      const args = ['serve', '--port', `${port}`, '--data', join(folder, 'taken')]
      const wrong = start([...args, '--cors-origin', '*'])
      expect(await wrong.ended).toBe(2)
      expect(wrong.out()).toBe('')
      const refused = start(args)
      expect(await refused.ended).toBe(3)
      expect(refused.err()).toContain(`port ${port} is taken`)
      expect(refused.out()).toMatch(/AWS_SECRET_ACCESS_KEY=\S{40}\n/)
      expect(refused.out()).not.toContain('AWS_ENDPOINT_URL')
      other.close()
    },
    2 * START,
  )

  it(
    'begins with the credentials of a test, and forgets everything when told',
    async () => {
      const server = start(['serve', '--test', '--port', '0'], TEST)
      const url = await urlOf(server)
      expect(server.out()).not.toContain(TEST.IAMKIT_ROOT_SECRET_ACCESS_KEY)
      expect(await ask(url, testKeys, { Action: 'CreateUser', UserName: 'ada' })).toMatch(/^200/)
      expect((await fetch(`${url}/_iamkit/reset`, { method: 'POST' })).status).toBe(200)
      expect(await ask(url, testKeys, { Action: 'GetUser', UserName: 'ada' })).toMatch(/^404/)
      expect(await ask(url, testKeys, { Action: 'GetCallerIdentity' })).toContain('111122223333')
    },
    START,
  )

  it.each<[string, readonly string[], Readonly<Record<string, string>>, string]>([
    ['a test without credentials', ['--test'], {}, '`IAMKIT_ACCOUNT_ID` is not set'],
    ['a test for the whole network', ['--test', '--host', '0.0.0.0'], TEST, 'on this machine only'],
    ['a proxy that is none', ['--test', '--trusted-proxy', 'proxy'], TEST, 'is no address'],
    ['an origin that is none', ['--test', '--cors-origin', '*'], TEST, 'is no origin'],
    ['an issuer that is none', ['--test', '--inner-issuer', 'login'], TEST, 'is no origin'],
    ['an address that is none', ['--test', '--public-url', 'iam'], TEST, 'is no address'],
    ['half of TLS', ['--tls-cert', 'x'], {}, 'go together'],
    ['a port that is none', ['--port', '70000'], {}, 'a port is a number up to 65535'],
    [
      'a password that others see',
      ['--database-url', 'postgres://iamkit:secret@127.0.0.1:1/iamkit'],
      { IAMKIT_VAULT_KEY: Buffer.alloc(32).toString('base64') },
      'set DATABASE_URL instead',
    ],
    ['PostgreSQL without a key', ['--database-url', 'postgres://x'], {}, 'set IAMKIT_VAULT_KEY'],
  ])('refuses %s', async (...[, args, environment, message]) => {
    const { code, err } = await iamkit(['serve', ...args], { environment })
    expect(code).toBe(2)
    expect(err).toContain(message)
  })
})

describe('a data folder', () => {
  it.each([
    ['export', ['--account', '111122223333']],
    ['rotate-key', []],
  ])('that is not there is not made by `%s`', async (command, more) => {
    const data = join(folder, 'mistyped')
    expect(await iamkit([command, ...more, '--data', data])).toEqual({
      code: 3,
      out: '',
      err: `iamkit: there is no folder \`${data}\`: name that of a server with \`--data\``,
    })
    expect(existsSync(data)).toBe(false)
  })

  it('that is a file is refused', async () => {
    const data = join(folder, 'file')
    writeFileSync(data, '')
    expect(await iamkit(['migrate', '--data', join(data, 'below')])).toMatchObject({ code: 3 })
    expect(await iamkit(['serve', '--data', data])).toMatchObject({
      code: 3,
      err: `iamkit: \`--data ${data}\`: it is no folder`,
    })
  })
})
