import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { allow, HOME, inline, SmallWorld, tags } from '../../test/small-world.js'
import { ChangeLog } from './change-log.js'
import { replicas } from './replicas.js'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('WatchChanges', () => {
  it('ends for whom a tag no longer allows it', async () => {
    const small = new SmallWorld()
    const log = new ChangeLog({
      world: small.world,
      seq: 1,
      subscribe: () => () => {},
      staleness: () => 0,
    })
    const Condition = { StringEquals: { 'aws:PrincipalTag/team': 'ops' } }
    const may = inline(allow('iamkit:WatchChanges', { Condition }))
    const ada = small.user('ada', { ...may, tags: tags({ team: 'ops' }) })
    vi.setSystemTime(small.now)
    const service = { prefix: 'iamkit', operations: replicas(log) }
    await small.call(service, ['WatchChanges', {}], small.keys(ada))
    vi.advanceTimersByTime(60_000)
    expect(log.followers).toBe(1)
    small.put(HOME, 'user', { ...ada, tags: tags({ team: 'sales' }) })
    vi.advanceTimersByTime(5_000)
    expect(log.followers).toBe(0)
  })
})
