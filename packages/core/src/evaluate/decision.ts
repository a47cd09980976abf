/**
 * The answer to a request.
 *
 * Shape   a union by `answer`; both denials mean no, the difference is for explanations.
 * Errors  None: a fault is an `ImplicitDeny` that carries a problem.
 * Source  Specification 0 and 6.2.
 *
 * @module
 */
import type { PolicyType } from '../policy/document.js'
import type { StatementRef } from '../policy/statement-ref.js'

/** The elements of a statement in the order in which they are asked. */
export type StatementElement = 'principal' | 'action' | 'resource' | 'condition'

/** What kept a request from being decided in the ordinary way. */
export interface DecisionProblem {
  /** `invalid-request`: a value in the request is impossible. `internal-fault`: ours, please report. */
  readonly code: 'invalid-request' | 'internal-fault'
  readonly message: string
}

export type Decision =
  | { readonly answer: 'Allow'; readonly statements: readonly StatementRef[] }
  | {
      readonly answer: 'ExplicitDeny'
      /** The policy type that the refusal is said to rest on. */
      readonly type: PolicyType
      /** Every Deny that applies, of all types. */
      readonly statements: readonly StatementRef[]
    }
  | {
      readonly answer: 'ImplicitDeny'
      readonly type: PolicyType
      readonly problem?: DecisionProblem
    }
