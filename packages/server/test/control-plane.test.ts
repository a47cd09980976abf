import { CreateUserCommand, IAMClient, ListUsersCommand } from '@aws-sdk/client-iam'
import { sign } from '@iamkit/sigv4'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createControlPlane } from '../src/control-plane.js'
import { install } from '../src/installation.js'
import { LastUsed } from '../src/last-used.js'
import { createLog } from '../src/log.js'
import { openWriter } from '../src/state/writer.js'
import { createVault } from '../src/vault/vault.js'
import { createVaultKey, parseVaultKeys } from '../src/vault/vault-key.js'
import { ROOT, START, startServer } from './server.js'
import { createDatabase, openMemory, type TestDatabase } from './store/databases.js'

const vault = createVault(parseVaultKeys(createVaultKey()))
const log = createLog('silent')
const now = () => new Date()

describe('a new installation', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await createDatabase('PGlite')
  }, START)
  afterAll(() => database.remove())

  it('tells its root credentials once, and knows them ever after', async () => {
    const first = await createControlPlane({ store: await database.open(), vault, log })
    const root = first.newRoot
    expect(root).toEqual({
      account: expect.stringMatching(/^\d{12}$/),
      accessKeyId: expect.stringMatching(/^AKIA[A-Z2-7]{16}$/),
      secretAccessKey: expect.stringMatching(/^[\w+/]{40}$/),
    })
    await first.close()

    const second = await createControlPlane({ store: await database.open(), vault, log })
    expect(second.newRoot).toBeUndefined()
    const plain = new Request('https://iam.example.com/', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'Action=GetCallerIdentity&Version=2011-06-15',
    })
    const scope = { region: 'us-east-1', service: 'sts', date: new Date() }
    const response = await second.fetch(await sign(plain, root ?? ROOT, scope))
    expect(response.status).toBe(200)
    expect(await response.text()).toContain(`<Arn>arn:aws:iam::${root?.account}:root</Arn>`)
    await second.close()
  })

  it('is not opened with another key', async () => {
    const other = createVault(parseVaultKeys(createVaultKey()))
    const store = await database.open()
    await expect(createControlPlane({ store, vault: other, log })).rejects.toMatchObject({
      code: 'ERR_VAULT',
    })
    await store.close()
  })
})

describe('a server for tests', () => {
  it(
    'forgets everything when it is told to, and keeps its root',
    async () => {
      const server = await startServer()
      const iam = server.client(IAMClient)
      await iam.send(new CreateUserCommand({ UserName: 'ada' }))
      for (const headers of [{ origin: 'https://page.example' }, { 'sec-fetch-site': 'none' }]) {
        const ofPage = await fetch(`${server.url}/_iamkit/reset`, { method: 'POST', headers })
        expect(ofPage.status).toBe(403)
      }
      expect((await iam.send(new ListUsersCommand({}))).Users).toHaveLength(1)
      expect((await fetch(`${server.url}/_iamkit/reset`, { method: 'POST' })).status).toBe(200)
      expect((await iam.send(new ListUsersCommand({}))).Users).toEqual([])
      await server.close()
    },
    START,
  )

  it(
    'is the only one that can be told',
    async () => {
      const server = await startServer({ testMode: false })
      const { status } = await fetch(`${server.url}/_iamkit/reset`, { method: 'POST' })
      expect(status).toBe(404)
      await server.close()
    },
    START,
  )
})

describe('install', () => {
  it(
    'makes one account where two servers begin at once',
    async () => {
      const store = await openMemory()
      const writers = [await openWriter(store), await openWriter(store)]
      const made = await Promise.all(writers.map((writer) => install({ writer, vault, now })))
      expect(made.filter((root) => root !== undefined)).toHaveLength(1)
      await Promise.all(writers.map((writer) => writer.close()))
      await store.close()
    },
    START,
  )
})

describe('LastUsed', () => {
  it(
    'writes the last use of keys that are still there',
    async () => {
      const store = await openMemory()
      const writer = await openWriter(store)
      await install({ writer, vault, now }, ROOT)
      const errors: unknown[] = []
      const lastUsed = new LastUsed(writer, (error) => errors.push(error))
      const { account, accessKeyId } = ROOT
      const caller = { principal: { type: 'anonymous' }, account, userId: account } as const
      const use = (id: string, minute: number, service: string) => {
        const call = { now: new Date(Date.UTC(2026, 0, 1, 0, minute)), region: 'eu-west-1' }
        lastUsed.note({ ...call, caller: { ...caller, accessKeyId: id } }, service)
      }
      use(accessKeyId, 1, 'iam')
      use(accessKeyId, 2, 'sts')
      use('AKIAGONE000000000000', 2, 'iam')
      await lastUsed.flush()
      const view = writer.world.account(account)
      expect(view?.list('last-used')).toEqual([
        { id: accessKeyId, date: '2026-01-01T00:02:00.000Z', service: 'sts', region: 'eu-west-1' },
      ])
      expect(errors).toEqual([])
      await writer.close()
      await store.close()
    },
    START,
  )
})
