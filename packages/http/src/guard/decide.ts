/**
 * One decision, asked by a guard or by `check`.
 *
 * Errors  {@link RequestError} (`ERR_REQUEST_INVALID`) where a key or value is impossible, and what the
 *         app's `onDecision` throws.
 * Source  Specification 4.3: what the server knows overrides what came with the request.
 *
 * @module
 */
import {
  type AuthorizationRequest,
  type ContextEntries,
  evaluate,
  type PolicySet,
  requestContext,
} from '@iamkit/core'
import { callerEntriesOf } from '../context/caller-keys.js'
import { allEntries, presentEntries } from '../context/merged-entries.js'
import { circumstanceEntries } from '../context/request-keys.js'
import type { Identity } from '../identity/identity.js'
import type { RouteAction } from '../route/action.js'
import type { Mode } from '../route/route.js'
import { type DecisionEvent, type IamDecision, iamDecision, type Origin } from './decision.js'

export interface DecideSettings {
  readonly region: string | undefined
  readonly clock: () => Date
  readonly onDecision: (event: DecisionEvent) => void
}

export interface Question {
  readonly identity: Identity
  readonly action: RouteAction
  readonly resource: string
  readonly resourceAccount: string
  readonly policies: PolicySet
  /** Everything but the keys of the caller and the clock. What stands behind overrides what stands before. */
  readonly sources: readonly ContextEntries[]
  /** Absent: worked out of the identity. */
  readonly callerEntries?: ContextEntries
  readonly mode: Mode
  readonly origin: Origin
  /** Absent: a new one. */
  readonly id?: string
}

export function decide(settings: DecideSettings, question: Question): IamDecision {
  const { policies, mode, origin, id = crypto.randomUUID() } = question
  const time = settings.clock()
  const request = requestOf(settings, question, time)
  const decision = iamDecision(evaluate(policies, request), { id, policies, request })
  settings.onDecision({ time, decision, mode, origin })
  return decision
}

/** A question without its policies. One without an origin is a check's. */
type Asked = Omit<Question, 'policies' | 'mode' | 'origin'> & Partial<Pick<Question, 'origin'>>

/** The question as core wants it. */
export function requestOf(
  settings: Pick<DecideSettings, 'region'>,
  question: Asked,
  time: Date,
): AuthorizationRequest {
  const { identity, action, resource, resourceAccount } = question
  const { sources, origin, callerEntries = callerEntriesOf(identity) } = question
  const circumstances = circumstanceEntries({ time, resourceAccount, region: settings.region })
  // A guard's sources were checked key by key; a check's are whatever the app gives it.
  const merge = origin === 'guard' ? presentEntries : allEntries
  const { principal } = identity
  const context = requestContext(merge([...sources, circumstances, callerEntries]))
  const asked = { principal, action: action.action, resource, resourceAccount, context }
  return action.resource ? Object.assign(asked, { resourceTrust: action.resource.trust }) : asked
}
