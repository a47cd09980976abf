/**
 * What apps have decided for themselves: reported in batches, kept in the audit.
 *
 * Shape   an event's id is made of its batch and its place there, so that a batch that is sent twice is counted once.
 * Units   at most 1,000 events a batch, none older than 30 days.
 * Errors  {@link Fault} `ValidationException` 400.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import type { AuditEvent } from '../audit/audit-event.js'
import type { Call } from '../operation.js'
import type { AppsOperations } from './operations.js'
import { refused } from './registered-service.js'
import type { ActivityEventShape, ActivityShape } from './shapes.js'

const MAX_EVENTS = 1000
const MAX_AGE = 30 * 24 * 60 * 60 * 1000
const MAX_AHEAD = 5 * 60 * 1000
const MAX_TEXT = 2048
const PRINTABLE = /^\P{Cc}*$/u
const ANSWERS = ['Allow', 'ExplicitDeny', 'ImplicitDeny']
const READS = /:(?:Get|List|Describe|Head|Read|Search)/

/** @param add takes an event for the audit */
export function activity(add: (event: AuditEvent) => void) {
  return {
    ReportActivity: {
      mode: 'read',
      access: () => ({ resource: '*' }),
      run: (report, { call }) => {
        checkReport(report, call.now)
        for (const [place, event] of report.events.entries())
          add(eventOf(event, { report, place, call }))
        return { accepted: report.events.length }
      },
    },
  } satisfies Partial<AppsOperations>
}

function checkReport({ batchId, dropped, events }: ActivityShape, now: Date): void {
  if (!/^[\w-]{1,128}$/.test(batchId))
    throw refused('batchId must be 1 to 128 of the characters [\\w-]')
  if (!Number.isSafeInteger(dropped) || dropped < 0) throw refused('dropped must be a count')
  if (events.length > MAX_EVENTS) throw refused(`a batch has at most ${MAX_EVENTS} events`)
  for (const { time, principal, action, resource, answer, count } of events) {
    const age = now.getTime() - Date.parse(time)
    if (!(age <= MAX_AGE && age >= -MAX_AHEAD)) throw refused('an event has an impossible time')
    if (!ANSWERS.includes(answer)) throw refused(`an answer is one of ${ANSWERS.join(', ')}`)
    if (!Number.isSafeInteger(count) || count < 1) throw refused('count must be 1 or more')
    if (!/^[a-z][a-z0-9-]{0,62}:[A-Za-z][\w-]{0,127}$/.test(action)) {
      throw refused('an action is `service:Name`')
    }
    if (![principal, resource].every((text) => text.length <= MAX_TEXT && PRINTABLE.test(text))) {
      throw refused(`principals and resources have at most ${MAX_TEXT} characters, none of control`)
    }
  }
}

function eventOf(
  { time, principal, action, resource, answer, count }: ActivityEventShape,
  { report, place, call }: { report: ActivityShape; place: number; call: Call },
): AuditEvent {
  const [service = '', name = ''] = action.split(':')
  return {
    eventId: uuidOf(`${call.account}\n${report.batchId}\n${place}`),
    eventTime: new Date(time).toISOString(),
    account: call.account,
    eventSource: `${service}.app`,
    eventName: name,
    awsRegion: call.region,
    requestId: call.requestId,
    userIdentity: { type: 'Reported', arn: principal },
    requestParameters: {
      resource,
      count,
      reportedBy: 'arn' in call.caller.principal ? call.caller.principal.arn : '',
      ...(report.app !== undefined && { app: report.app.slice(0, 128) }),
    },
    readOnly: READS.test(action),
    decision: { answer, action, resource },
  }
}

/** A UUID of version 8, the same for the same text. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-')
}
