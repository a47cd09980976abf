import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { AccountDraft } from '../../src/state/account-view.js'
import { openWriter, type Writer } from '../../src/state/writer.js'
import { openPostgres } from '../../src/store/postgres.js'
import type { Store } from '../../src/store/store.js'
import { type Cuttable, createCuttable } from './cuttable.js'
import { createDatabase, databaseKinds, runSql, type TestDatabase } from './databases.js'

const account = '111122223333'
const createDate = '2026-01-01T00:00:00.000Z'
const unavailable = { code: 'ServiceUnavailable', status: 503 }
const shared = databaseKinds.filter((kind) => kind === 'PostgreSQL')

function putService(id: string): (draft: AccountDraft) => string {
  return (draft) => {
    draft.put('service', { id, createDate, definition: {} })
    return id
  }
}

function has(writer: Writer, id: string): boolean {
  return writer.world.account(account)?.get('service', id) !== undefined
}

async function eventually(check: () => boolean, limit: number): Promise<void> {
  await vi.waitFor(() => expect(check()).toBe(true), { timeout: limit, interval: 10 })
}

describe('two servers on one folder of PGlite', () => {
  it('are one too many: the second is refused, until the first is gone', async () => {
    const database = await createDatabase('PGlite')
    const first = await database.open()
    await expect(database.open()).rejects.toMatchObject({ problem: 'refused' })
    expect(await first.isReachable()).toBe(true)
    await first.close()
    await (await database.open()).close()
    await database.remove()
  })
})

describe.each(shared)('two servers on one %s', (kind) => {
  let database: TestDatabase
  let schema: string
  let way: Cuttable
  let near: Store
  let far: Store
  let one: Writer
  let other: Writer

  beforeAll(async () => {
    database = await createDatabase(kind)
    near = await database.open()
    const { address } = database
    if (!('url' in address)) throw new Error('a folder is for one server')
    schema = address.schema
    way = await createCuttable(address.url)
    far = await openPostgres({ url: way.url, schema })
    one = await openWriter(near)
    other = await openWriter(far)
  })
  afterAll(async () => {
    await Promise.all([one.close(), other.close()])
    await Promise.all([near.close(), far.close()])
    await way.close()
    await database.remove()
  })

  /** Of these two servers only. */
  async function endConnections(which: string): Promise<void> {
    const ours = `application_name = '${schema}' and ${which}`
    const ended = await runSql(
      `select pg_terminate_backend(pid) from pg_stat_activity where ${ours}`,
    )
    expect(ended.length).toBeGreaterThan(0)
  }

  it('see each other’s changes within a second', async () => {
    await one.write(account, putService('a'))
    await eventually(() => has(other, 'a'), 1_000)
    await other.write(account, putService('b'))
    await eventually(() => has(one, 'b'), 1_000)
  })

  it('see changes without being told of them, by looking', async () => {
    await runSql(
      `select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen %'`,
    )
    await one.write(account, putService('c'))
    await eventually(() => has(other, 'c'), 3_000)
  })

  it('give every change one place in one order, however many they write at once', async () => {
    const before = (await near.changesSince(0)).length
    const ids = Array.from({ length: 100 }, (_, i) => `both-${i}`)
    await Promise.all(
      ids.flatMap((id) => [
        one.write(account, putService(id)),
        other.write(account, putService(id)),
      ]),
    )
    const changes = await near.changesSince(0)
    expect(changes.map(({ seq }) => seq)).toEqual(changes.map((_, i) => i + 1))
    expect(changes.length - before).toBe(200)
    expect(ids.every((id) => has(one, id) && has(other, id))).toBe(true)
  })

  it('go on after the database ended every connection', async () => {
    await endConnections('true')
    const writing = async () => {
      await one.write(account, putService('d'))
      return true
    }
    await vi.waitFor(writing, { timeout: 5_000 })
    await eventually(() => has(other, 'd'), 5_000)
  })

  it('read from memory while the database is away, refuse to write, and recover', async () => {
    way.cut('broken')
    await expect(other.write(account, putService('e'))).rejects.toMatchObject(unavailable)
    expect(has(other, 'd')).toBe(true)
    await one.write(account, putService('f'))
    await eventually(() => other.staleness() > 2, 10_000)
    expect(has(other, 'f')).toBe(false)

    way.mend()
    await eventually(() => has(other, 'f'), 10_000)
    await eventually(() => other.staleness() < 1, 10_000)
    expect(await other.write(account, putService('g'))).toBe('g')
  })

  it('refuse to write over a connection that fell silent, and leave the lock to others', async () => {
    way.cut('silent')
    const refused = expect(other.write(account, putService('h'))).rejects.toMatchObject(unavailable)
    await one.write(account, putService('i'))
    await refused
    way.mend()
    await eventually(() => has(other, 'i'), 10_000)
    expect(has(other, 'h')).toBe(has(one, 'h'))
  })
})
