import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AuditEvent } from '../../src/audit/audit-event.js'
import type { Change } from '../../src/state/change.js'
import type { Store, StoredRecord } from '../../src/store/store.js'
import { createDatabase, databaseKinds, type TestDatabase } from './databases.js'

const account = '111122223333'
const createDate = '2026-01-01T00:00:00.000Z'

/** A service's record, made or removed: the kind that holds anything. */
function service(id: string, definition: Record<string, unknown> | undefined = {}): Change {
  return { account, kind: 'service', id, before: undefined, after: { id, createDate, definition } }
}

function removal(id: string): Change {
  return {
    account,
    kind: 'service',
    id,
    before: { id, createDate, definition: {} },
    after: undefined,
  }
}

async function recordsOf(store: Store): Promise<readonly StoredRecord[]> {
  const records: StoredRecord[] = []
  await store.load((record) => records.push(record))
  return records
}

function event(eventId: string, eventTime: string, more: Partial<AuditEvent> = {}): AuditEvent {
  return {
    eventId,
    eventTime,
    account,
    eventSource: 'iam.amazonaws.com',
    eventName: 'CreateUser',
    awsRegion: 'us-east-1',
    requestId: eventId,
    userIdentity: { arn: `arn:aws:iam::${account}:user/ada` },
    readOnly: false,
    ...more,
  }
}

describe.each(databaseKinds)('a store on %s', (kind) => {
  let database: TestDatabase
  let store: Store

  beforeAll(async () => {
    database = await createDatabase(kind)
    store = await database.open()
  })
  afterAll(async () => {
    await store.close()
    await database.remove()
  })

  it('is empty at first', async () => {
    expect(await store.load(() => {})).toBe(0)
    expect(await store.changesSince(0)).toEqual([])
  })

  it('counts changes from 1, and keeps the last state of each record', async () => {
    expect(await store.commit(0, () => [service('a'), service('b')])).toBe(2)
    expect(await store.commit(2, () => [removal('a'), service('b', { n: 2 })])).toBe(4)
    expect(await recordsOf(store)).toEqual([
      { account, kind: 'service', id: 'b', after: { id: 'b', createDate, definition: { n: 2 } } },
    ])
    expect((await store.changesSince(2)).map(({ seq, id, after }) => [seq, id, after])).toEqual([
      [3, 'a', undefined],
      [4, 'b', { id: 'b', createDate, definition: { n: 2 } }],
    ])
  })

  it('hands a writer what it missed', async () => {
    const seqs: number[] = []
    const seq = await store.commit(1, (missed) => {
      seqs.push(...missed.map(({ seq }) => seq))
      return []
    })
    expect(seqs).toEqual([2, 3, 4])
    expect(seq).toBe(4)
  })

  it('stores nothing of a transaction whose work throws, and goes on', async () => {
    const failed = store.commit(4, () => {
      throw new Error('on purpose')
    })
    await expect(failed).rejects.toMatchObject({ code: 'ERR_STORE' })
    expect(await store.changesSince(4)).toEqual([])
    expect(await store.commit(4, () => [service('c')])).toBe(5)
  })

  it('gives back every text letter for letter', async () => {
    const text = ' \u0000\u2028 "\\ \ud800 \u{1f980}\nÄ'
    const definition = { 'z"': text, a: 1, ['__proto__']: text }
    const seq = await store.commit(5, () => [service(`'"\\${text.slice(2)}`, definition)])
    const [change] = await store.changesSince(seq - 1)
    expect(JSON.stringify(change?.after)).toBe(
      JSON.stringify({ id: `'"\\${text.slice(2)}`, createDate, definition }),
    )
  })

  it('takes thousands of records at once', async () => {
    const many = Array.from({ length: 5_000 }, (_, i) => service(`many-${i}`))
    const seq = await store.commit(6, () => many)
    expect(seq).toBe(5_006)
    expect(await recordsOf(store)).toHaveLength(5_003)
  })

  it('says that changes are no longer kept, and keeps the newest', async () => {
    const future = new Date(Date.now() + 60_000)
    await store.prune({ auditBefore: new Date(0), changesBefore: future })
    await expect(store.changesSince(3)).rejects.toMatchObject({ problem: 'behind' })
    await expect(store.commit(3, () => [])).rejects.toMatchObject({ problem: 'behind' })
    await expect(store.changesSince(0)).rejects.toMatchObject({ problem: 'behind' })
    expect(await store.changesSince(5_006)).toEqual([])
    await expect(store.changesSince(9_999)).rejects.toMatchObject({ problem: 'behind' })
  })

  it('keeps settings', async () => {
    expect(await store.setting('mark')).toBeUndefined()
    await store.putSetting('mark', 'one')
    await store.putSetting('mark', 'two')
    expect(await store.setting('mark')).toBe('two')
  })

  it('finds audit events, the newest first, page by page', async () => {
    const second = '2026-01-02T00:00:00.000Z'
    await store.appendAudit([
      event('e1', '2026-01-01T00:00:00.000Z'),
      event('e2', second, { eventName: 'GetUser' }),
      event('e3', second, { userIdentity: { type: 'AWSService' } }),
      event('e4', '2026-01-03T00:00:00.000Z'),
      event('other', second, { account: '444455556666' }),
    ])
    const ids = async (query: object) =>
      (await store.findAudit({ account, ...query })).map(({ eventId }) => eventId)
    expect(await ids({})).toEqual(['e4', 'e3', 'e2', 'e1'])
    const [, last] = await store.findAudit({ account, limit: 2 })
    expect(await ids({ limit: 2, ...(last && { after: last }) })).toEqual(['e2', 'e1'])
    expect(await ids({ eventName: 'GetUser' })).toEqual(['e2'])
    expect(await ids({ principalArn: `arn:aws:iam::${account}:user/ada` })).toEqual([
      'e4',
      'e2',
      'e1',
    ])
    expect(await ids({ from: new Date(second), to: new Date('2026-01-03') })).toEqual(['e3', 'e2'])
  })

  it('takes an audit event whose caller no text of a database holds', async () => {
    const odd = event('odd', '2026-01-04T00:00:00.000Z', {
      account: '777788889999',
      userIdentity: { arn: 'a\u0000b\u001ec' },
    })
    await store.appendAudit([odd])
    expect(await store.findAudit({ account: '777788889999' })).toEqual([odd])
    expect(await store.findAudit({ account: '777788889999', principalArn: 'abc' })).toEqual([odd])
  })

  it('takes an audit event alone that has no caller', async () => {
    const alone = event('alone', '2026-01-04T00:00:00.000Z', {
      account: '888899990000',
      userIdentity: { type: 'Unknown' },
    })
    await store.appendAudit([alone])
    expect(await store.findAudit({ account: '888899990000' })).toEqual([alone])
  })

  it('takes an audit event once, and prunes old ones', async () => {
    await store.appendAudit([event('e4', '2026-01-03T00:00:00.000Z', { eventName: 'Twice' })])
    const outdated = { auditBefore: new Date('2026-01-03'), changesBefore: new Date(0) }
    expect(await store.prune(outdated)).toBe(4)
    expect(await store.findAudit({ account })).toEqual([event('e4', '2026-01-03T00:00:00.000Z')])
  })

  it('is the same when it is opened again', async () => {
    await store.close()
    store = await database.open()
    expect(await recordsOf(store)).toHaveLength(5_003)
    expect(await store.load(() => {})).toBe(5_006)
    expect(await store.isReachable()).toBe(true)
  })
})
