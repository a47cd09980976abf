/**
 * One decision, asked by a guard or by `check`.
 *
 * Errors  {@link RequestError} (`ERR_REQUEST_INVALID`) where a key or value is impossible, and what the
 *         app's `onDecision` throws.
 * Source  Specification 4.3: what the server knows overrides what came with the request.
 *
 * @module
 */
import { type AuthorizationRequest, evaluate, type PolicySet } from '@iamkit/core'
import { callerKeysOf } from '../context/caller-keys.js'
import { type Known, knownContext } from '../context/known-context.js'
import type { Identity } from '../identity/identity.js'
import type { RouteAction } from '../route/action.js'
import type { Mode } from '../route/route.js'
import { type DecisionEvent, type IamDecision, iamDecision, type Origin } from './decision.js'
import { decisionId } from './decision-id.js'

export interface DecideSettings {
  readonly region: string | undefined
  readonly clock: () => Date
  readonly onDecision: (event: DecisionEvent) => void
}

export interface Question extends Pick<Known, 'connection' | 'resourceTags' | 'entries'> {
  readonly identity: Identity
  readonly action: RouteAction
  readonly resource: string
  readonly resourceAccount: string
  readonly policies: PolicySet
  /** Absent: worked out of the identity. */
  readonly caller?: Known['caller']
  readonly mode: Mode
  readonly origin: Origin
  /** Absent: a new one. */
  readonly id?: string
}

export function decide(settings: DecideSettings, question: Question): IamDecision {
  const { policies, mode, origin, id = decisionId() } = question
  const time = settings.clock()
  const request = requestOf(settings, question, time)
  const decision = iamDecision(evaluate(policies, request), { id, policies, request })
  settings.onDecision({ time, decision, mode, origin })
  return decision
}

/** A question without its policies. */
type Asked = Omit<Question, 'policies' | 'mode' | 'origin'>

/** The question as core wants it. */
export function requestOf(
  settings: Pick<DecideSettings, 'region'>,
  question: Asked,
  time: Date,
): AuthorizationRequest {
  const { identity, action, resource, resourceAccount } = question
  const { entries, connection, resourceTags, caller = callerKeysOf(identity) } = question
  // A number: the app has the date in its hands.
  const circumstances = { time: time.getTime(), resourceAccount, region: settings.region }
  const context = knownContext({ caller, circumstances, connection, resourceTags, entries })
  return {
    principal: identity.principal,
    action: action.action,
    resource,
    resourceAccount,
    resourceTrust: action.resource?.trust,
    context,
  }
}
