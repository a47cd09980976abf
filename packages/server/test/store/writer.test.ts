import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { AccountDraft } from '../../src/state/account-view.js'
import { openWriter, type Writer } from '../../src/state/writer.js'
import type { Store } from '../../src/store/store.js'
import { createDatabase, databaseKinds, type TestDatabase } from './databases.js'

const account = '111122223333'
const createDate = '2026-01-01T00:00:00.000Z'
const unavailable = { code: 'ServiceUnavailable', status: 503 }

function putUser(name: string): (draft: AccountDraft) => string {
  const none = { attached: [], inline: {}, tags: [], groups: [] }
  return (draft) => {
    if (draft.named('user', name)) throw new Error(`${name} is there already`)
    draft.put('user', { id: `id-${name}`, name, path: '/', createDate, ...none })
    return name
  }
}

function namesIn(writer: Writer): readonly string[] {
  return (
    writer.world
      .account(account)
      ?.list('user')
      .map(({ name }) => name) ?? []
  )
}

describe.each(databaseKinds)('a writer on %s', (kind) => {
  let database: TestDatabase
  let store: Store
  let writer: Writer

  beforeAll(async () => {
    database = await createDatabase(kind)
    store = await database.open()
    writer = await openWriter(store)
  })
  afterAll(async () => {
    await writer.close()
    await store.close()
    await database.remove()
  })

  it('answers once the change is durable, and shows it from then on', async () => {
    const writing = writer.write(account, putUser('ada'))
    expect(namesIn(writer)).toEqual([])
    expect(await writing).toBe('ada')
    expect(namesIn(writer)).toEqual(['ada'])
    expect((await store.changesSince(0)).map(({ id }) => id)).toEqual(['id-ada'])
  })

  it('runs writes that come together in one transaction, each after the one before', async () => {
    const commit = vi.fn()
    const other = await openWriter(store, { onCommit: commit })
    const outcomes = await Promise.allSettled([
      other.write(account, putUser('bob')),
      other.write(account, putUser('bob')),
      other.write(account, putUser('cy')),
    ])
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(outcomes[1]).toMatchObject({ reason: { message: 'bob is there already' } })
    expect(commit).toHaveBeenCalledTimes(1)
    expect(commit).toHaveBeenCalledWith(expect.any(Number), 3)
    expect(namesIn(other)).toEqual(['ada', 'bob', 'cy'])
  })

  it('leaves nothing of a write that throws after it has changed something', async () => {
    const failing = writer.write(account, (draft) => {
      putUser('half')(draft)
      draft.remove('user', 'id-ada')
      throw new Error('on purpose')
    })
    await expect(failing).rejects.toThrow('on purpose')
    expect(await writer.write(account, (draft) => draft.get('user', 'id-ada')?.name)).toBe('ada')
    expect(namesIn(writer)).toEqual(['ada', 'bob', 'cy'])
  })

  it('sees in a write what another writer has committed before', async () => {
    const other = await openWriter(store)
    await other.write(account, putUser('dee'))
    await expect(writer.write(account, putUser('dee'))).rejects.toThrow('dee is there already')
    expect(namesIn(writer)).toContain('dee')
  })

  it('loads everything again when it was away for too long', async () => {
    const other = await openWriter(store)
    await other.write(account, putUser('eve'))
    await other.write(account, putUser('fay'))
    const changesBefore = new Date(Date.now() + 60_000)
    await store.prune({ auditBefore: new Date(0), changesBefore })
    expect(await writer.write(account, putUser('gus'))).toBe('gus')
    expect(namesIn(writer)).toEqual(['ada', 'bob', 'cy', 'dee', 'eve', 'fay', 'gus'])
    expect(writer.staleness()).toBeLessThan(1)
  })

  it('takes back what the store refused, and tells every caller', async () => {
    const errors: unknown[] = []
    const broken: Store = {
      ...store,
      commit: (since, work) =>
        store.commit(since, (missed) => {
          work(missed)
          throw new Error('on purpose')
        }),
    }
    const other = await openWriter(broken, { onError: (error) => errors.push(error) })
    const writes = await Promise.allSettled([
      other.write(account, putUser('hal')),
      other.write(account, putUser('ian')),
    ])
    expect(writes).toEqual([
      { status: 'rejected', reason: expect.objectContaining(unavailable) },
      { status: 'rejected', reason: expect.objectContaining(unavailable) },
    ])
    expect(errors).toEqual([expect.objectContaining({ code: 'ERR_STORE' })])
    expect(other.staleness(performance.now() + 5_000)).toBeGreaterThanOrEqual(5)
    const again = await Promise.allSettled([other.write(account, putUser('hal'))])
    expect(again).toEqual([{ status: 'rejected', reason: expect.objectContaining(unavailable) }])
    expect(namesIn(other)).not.toContain('hal')
  })

  it('answers what waits before it closes, and keeps every acknowledged write', async () => {
    const names = Array.from({ length: 1_000 }, (_, i) => `load-${i}`)
    const other = await openWriter(store)
    const writes = names.map((name) => other.write(account, putUser(name)))
    await other.close()
    await expect(other.write(account, putUser('late'))).rejects.toMatchObject(unavailable)
    expect(await Promise.all(writes)).toEqual(names)

    await writer.close()
    await store.close()
    store = await database.open()
    writer = await openWriter(store)
    expect(namesIn(writer)).toHaveLength(1_007)
  })
})
