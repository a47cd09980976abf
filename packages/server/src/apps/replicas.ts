/**
 * For apps that decide for themselves: everything at once, and what changes from there.
 *
 * Errors  {@link Fault} `ValidationException` for an id that is none.
 *
 * @module
 */
import { isStillHere } from '../authenticate/who.js'
import { authorize } from '../authorize/authorize.js'
import { Fault } from '../fault.js'
import type { Call } from '../operation.js'
import type { ChangeLog } from './change-log.js'
import { changeStream } from './change-stream.js'
import type { AppsOperations } from './operations.js'
import { refused } from './registered-service.js'
import { snapshotOf, withHead } from './snapshot.js'

const EVERYTHING = { resource: '*' } as const

const MAX_FOLLOWERS = 1000

export function replicas(log: ChangeLog) {
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
        if (log.followers >= MAX_FOLLOWERS) throw tooMany()
        const events = changeStream({
          log,
          account: call.account,
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
  if (!view || !isStillHere(before.caller, { world, now })) return false
  const call = { ...before, now, world }
  const operation = { access: () => EVERYTHING }
  const called = { service: 'iamkit', name: 'WatchChanges', operation, input: {} }
  return authorize(called, { call, view }).refusal === undefined
}
