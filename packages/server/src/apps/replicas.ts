/**
 * For apps that decide for themselves: everything at once, and what changes from there.
 *
 * Shape   a stream holds nothing but memory: what it tells comes from the state that decides, and never from the store.
 * Errors  {@link Fault} `ValidationException` for an id that is none; `ThrottlingException` 429 and `ServiceUnavailable` 503
 *         where too many streams are open.
 *
 * @module
 */
import { callerNow } from '../authenticate/who.js'
import { authorize } from '../authorize/authorize.js'
import { Fault } from '../fault.js'
import { countedAs } from '../limiter.js'
import type { Call } from '../operation.js'
import type { ChangeLog } from './change-log.js'
import { changeStream } from './change-stream.js'
import type { AppsOperations } from './operations.js'
import { refused } from './registered-service.js'
import { snapshotOf, withHead } from './snapshot.js'

const EVERYTHING = { resource: '*' } as const

/** How many streams of changes a server tells at the same time. */
export interface FollowLimit {
  readonly inAll: number
  /** Of a user or a role, whatever its sessions are called. */
  readonly each: number
}

const LIMIT: FollowLimit = { inAll: 1000, each: 200 }

export function replicas(log: ChangeLog, limit = LIMIT) {
  return {
    GetSnapshot: {
      mode: 'read',
      access: () => EVERYTHING,
      run: ({ ifNoneMatch }, { call, view }) => {
        const { json, etag } = snapshotOf({ view, world: call.world })
        const { staleness } = log
        if (isAmong(etag, ifNoneMatch)) return { status: 304, etag, staleness, snapshot: '' }
        const head = { account: view.account, seq: log.seq, issued: call.now.toISOString() }
        return { etag, staleness, snapshot: withHead(json, head) }
      },
    },
    WatchChanges: {
      mode: 'read',
      access: () => EVERYTHING,
      run: ({ since, lastEventId }, { call }) => {
        const whose = countedAs(call.caller) ?? ''
        if (log.followersOf(whose) >= limit.each) throw tooManyOfOne()
        if (log.followers >= limit.inAll) throw tooMany()
        const events = changeStream({
          log,
          account: call.account,
          whose,
          since: lastEventId === undefined ? since : readId(lastEventId),
          isStillAllowed: () => isStillAllowed(call, log),
        })
        return { contentType: 'text/event-stream', cacheControl: 'no-store', events }
      },
    },
  } satisfies Partial<AppsOperations>
}

function isAmong(etag: string, ifNoneMatch = ''): boolean {
  return ifNoneMatch.split(',').some((one) => one.trim().replace(/^W\//, '') === etag)
}

function tooManyOfOne(): Fault {
  return new Fault('ThrottlingException', 'Rate exceeded: too many streams of this principal.')
}

function tooMany(): Fault {
  return new Fault('ServiceUnavailable', 'Too many follow the changes of this server.', 503)
}

function readId(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text)
  throw refused('Last-Event-ID is no id of an event')
}

/** A stream outlives the moment in which it was allowed. */
function isStillAllowed(before: Call, { world }: ChangeLog): boolean {
  const now = new Date()
  const view = world.account(before.account)
  const caller = view && callerNow(before.caller, { world, now })
  if (!caller) return false
  const call = { ...before, caller, now, world }
  const operation = { access: () => EVERYTHING }
  const called = { service: 'iamkit', name: 'WatchChanges', operation, input: {} }
  return authorize(called, { call, view }).refusal === undefined
}
