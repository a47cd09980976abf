import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { allow, HOME, inline, SmallWorld } from '../../test/small-world.js'
import type { Change } from '../state/change.js'
import type { ReplicaListener } from '../state/replica.js'
import { ChangeLog } from './change-log.js'
import { changeStream, type StreamOptions } from './change-stream.js'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A world that tells of what a test does to it, as a writer does. */
function setUp() {
  const world = new SmallWorld()
  const listeners = new Set<ReplicaListener>()
  const writer = {
    world: world.world,
    seq: 10,
    staleness: () => 0.25,
    subscribe: (listener: ReplicaListener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
  const log = new ChangeLog(writer)
  const tell = (changes: readonly Change[] | undefined) => {
    writer.seq += 1
    for (const listener of listeners) listener(changes, writer.seq)
  }
  const touch = (name: string) => {
    const after = world.user(name, inline(allow('docs:Get*')))
    tell([{ account: HOME, kind: 'user', id: after.id, before: undefined, after }])
  }
  const open = (options: Partial<StreamOptions> = {}) =>
    changeStream({
      log,
      account: HOME,
      whose: 'app',
      since: undefined,
      isStillAllowed: () => true,
      ...options,
    }).getReader()
  return { world, writer, log, tell, touch, open }
}

async function readAll(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<string> {
  let text = ''
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    text += new TextDecoder().decode(part.value)
  }
  return text
}

const idsIn = (text: string) => [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id))

describe('changeStream', () => {
  it('lets go of whoever does not read, and forgets it', async () => {
    const { log, touch, open } = setUp()
    const reader = open()
    for (let i = 0; i < 3000 && log.followers > 0; i++) touch(`user-${i}`)
    expect(log.followers).toBe(0)
    const text = await readAll(reader)
    expect(text.length).toBeLessThan(1024 * 1024 + 4096)
    expect(idsIn(text).length).toBeGreaterThan(1000)
  })

  it('ends when leave does, and says that it is alive until then', async () => {
    const { log, open } = setUp()
    let isAllowed = true
    const reader = open({ isStillAllowed: () => isAllowed })
    vi.advanceTimersByTime(10_000)
    isAllowed = false
    vi.advanceTimersByTime(5_000)
    expect(await readAll(reader)).toMatch(/^(: staleness=0\.250 at=\d+\n\n){3}$/)
    expect(log.followers).toBe(0)
  })

  it('says how old it may be behind all that was missed, and not before', async () => {
    const { touch, open } = setUp()
    for (const name of ['ada', 'bob']) touch(name)
    const { value } = await open({ since: 10 }).read()
    const lines = new TextDecoder().decode(value).split('\n')
    expect(lines.flatMap((line) => /^(id|event|: \w+)/.exec(line)?.[0] ?? [])).toEqual([
      'id',
      'event',
      'id',
      'event',
      ': staleness',
    ])
  })

  it('forgets whoever goes away', async () => {
    const { log, open } = setUp()
    const reader = open()
    expect(log.followers).toBe(1)
    await reader.cancel()
    expect(log.followers).toBe(0)
  })

  it('tells no account of another', async () => {
    const { tell, touch, open, world } = setUp()
    const reader = open({ account: '444455556666' })
    touch('ada')
    const after = world.user('bob', {}, '444455556666')
    tell([{ account: '444455556666', kind: 'user', id: after.id, before: undefined, after }])
    await reader.read()
    const { value } = await reader.read()
    const text = new TextDecoder().decode(value)
    expect(idsIn(text)).toEqual([12])
    expect(text).toContain('"previous":10')
    expect(text).toContain(':user/bob')
  })

  it('begins anew where everything was read anew, or too much has changed at once', async () => {
    const { tell, open, world } = setUp()
    const reader = open()
    await reader.read()
    tell(undefined)
    const many = Array.from({ length: 1001 }, (_, i): Change => {
      const after = world.user(`user-${i}`)
      return { account: HOME, kind: 'user', id: after.id, before: undefined, after }
    })
    tell(many)
    for (const id of [11, 12]) {
      const { value } = await reader.read()
      const text = new TextDecoder().decode(value)
      expect(text).toContain(`id: ${id}\nevent: reset\ndata: {"seq":${id}}\n\n`)
    }
  })

  it('tells of resources whose policies name somebody who is gone or called otherwise', () => {
    const { log, tell, world } = setUp()
    const ann = world.user('ann')
    const policyIds = { [`arn:aws:iam::${HOME}:user/ann`]: ann.id }
    for (const [id, ids] of [
      ['one', policyIds],
      ['two', {}],
    ] as const) {
      world.put(HOME, 'resource', { id, tags: [], policy: '{}', policyIds: ids })
    }
    const other = { account: HOME, kind: 'user', id: ann.id } as const
    tell([{ ...other, before: ann, after: { ...ann, tags: [] } }])
    tell([{ ...other, before: ann, after: { ...ann, name: 'eve' } }])
    tell([{ ...other, before: ann, after: undefined }])
    const away = { account: '444455556666', kind: 'user', id: ann.id } as const
    tell([{ ...away, before: ann, after: undefined }])
    const entries = log.after(HOME, 10) ?? []
    expect(entries.map(({ seq, resources }) => [seq, ...resources])).toEqual([
      [11],
      [12, 'one'],
      [13, 'one'],
      [14, 'one'],
    ])
  })

  it('says nothing of keys and last uses', () => {
    const { log, tell } = setUp()
    const after = { id: 'AKIA', date: '', service: '', region: '' }
    tell([{ account: HOME, kind: 'last-used', id: 'AKIA', before: undefined, after }])
    expect(log.after(HOME, 10)).toEqual([])
  })
})

describe('ChangeLog', () => {
  it('knows how far back it goes', () => {
    const { log, touch } = setUp()
    expect([9, 10, 11].map((seq) => log.after(HOME, seq)?.length)).toEqual([
      undefined,
      0,
      undefined,
    ])
    for (let i = 0; i < 1001; i++) touch('ada')
    expect(log.after(HOME, 10)).toBeUndefined()
    expect(log.after(HOME, 11)).toHaveLength(1000)
    expect(log.after(HOME, 1011)).toEqual([])
  })
})
