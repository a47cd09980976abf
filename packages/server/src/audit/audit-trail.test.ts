import { describe, expect, it } from 'vitest'
import type { AuditEvent } from './audit-event.js'
import { AuditTrail } from './audit-trail.js'

function event(eventId: number): AuditEvent {
  return {
    eventId: `${eventId}`,
    eventTime: '2026-01-01T00:00:00.000Z',
    account: '111122223333',
    eventSource: 'iam.amazonaws.com',
    eventName: 'GetUser',
    awsRegion: 'us-east-1',
    requestId: `${eventId}`,
    userIdentity: {},
    readOnly: true,
  }
}

describe('AuditTrail', () => {
  it('writes events in their order, in batches', async () => {
    const batches: number[] = []
    const kept: string[] = []
    const appendAudit = async (events: readonly AuditEvent[]) => {
      batches.push(events.length)
      kept.push(...events.map(({ eventId }) => eventId))
    }
    const trail = new AuditTrail({ appendAudit }, () => {})
    for (let i = 0; i < 1200; i += 1) trail.add(event(i))
    await trail.flush()
    expect(batches).toEqual([500, 500, 200])
    expect(kept).toEqual(Array.from({ length: 1200 }, (_, i) => `${i}`))
  })

  it('writes on after it was told to write, and nothing waited', async () => {
    const kept: string[] = []
    const appendAudit = async (events: readonly AuditEvent[]) => {
      kept.push(...events.map(({ eventId }) => eventId))
    }
    const trail = new AuditTrail({ appendAudit }, () => {})
    await trail.flush()
    trail.add(event(1))
    await trail.flush()
    expect(kept).toEqual(['1'])
  })

  it('keeps events while the store is away, and loses the oldest of too many', async () => {
    let isAway = true
    const kept: string[] = []
    const errors: unknown[] = []
    const appendAudit = async (events: readonly AuditEvent[]) => {
      if (isAway) throw new Error('away')
      kept.push(...events.map(({ eventId }) => eventId))
    }
    const trail = new AuditTrail({ appendAudit }, (error) => errors.push(error))
    for (let i = 0; i < 10; i += 1) trail.add(event(i))
    await trail.flush()
    expect(errors).toEqual([new Error('away')])
    for (let i = 10; i < 20_005; i += 1) trail.add(event(i))
    expect(trail.lost).toBe(5)
    await trail.flush()
    isAway = false
    await trail.flush()
    expect(kept).toHaveLength(20_000)
    expect(kept[0]).toBe('5')
    expect(kept.at(-1)).toBe('20004')
  })
})
