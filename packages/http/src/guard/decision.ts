/**
 * A decision as an app gets it: core's answer, its id, and a way to ask why.
 *
 * Shape   {@link IamDecision} is core's `Decision` and more; {@link DecisionEvent} is what is logged.
 * Errors  None.
 *
 * @module
 */
import {
  type AuthorizationRequest,
  type Decision,
  type Explanation,
  explain,
  type PolicySet,
  type StatementRef,
} from '@iamkit/core'
import type { Mode } from '../route/route.js'

export type IamDecision = Decision & {
  /** A UUID; the reply of a refusal carries it as `urn:uuid:…`. */
  readonly id: string
  /** True for `Allow` alone. */
  readonly allowed: boolean
  /** What was asked. */
  readonly request: AuthorizationRequest
  /** Why: statement by statement. Worked out when asked, from the policies that decided. */
  explain(): Explanation
}

/** What `onDecision` hears of. `JSON.stringify` makes a log line of it. */
export interface DecisionEvent {
  readonly time: Date
  readonly decision: IamDecision
  /** `shadow`: a refusal was only reported, and the handler ran. */
  readonly mode: Mode
  /** Who asked: a `guard` on a route, which acts on the answer, or a `check` in the app's own code. */
  readonly origin: Origin
}

export type Origin = 'guard' | 'check'

export interface DecisionParts {
  readonly id: string
  readonly policies: PolicySet
  readonly request: AuthorizationRequest
}

/** `explain` is no field of its own, so that the decision can be logged and compared as data. */
class Decided {
  declare readonly answer: Decision['answer']
  declare readonly statements?: readonly StatementRef[]
  declare readonly id: string
  declare readonly allowed: boolean
  declare readonly request: AuthorizationRequest
  readonly #policies: PolicySet

  constructor(decision: Decision, { id, policies, request }: DecisionParts) {
    this.answer = decision.answer
    if (decision.answer === 'Allow') this.statements = decision.statements
    else Object.assign(this, decision)
    this.id = id
    this.allowed = decision.answer === 'Allow'
    this.request = request
    this.#policies = policies
  }

  explain(this: Decided & IamDecision): Explanation {
    return explain(this.#policies, this.request)
  }
}

export function iamDecision(decision: Decision, parts: DecisionParts): IamDecision {
  return Object.freeze(new Decided(decision, parts)) as IamDecision
}
