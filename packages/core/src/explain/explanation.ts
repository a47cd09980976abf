/**
 * The account of a decision: what each statement said, element by element.
 *
 * Shape   {@link Explanation}, plain data that survives `JSON.stringify`.
 * Errors  None.
 * Source  Specification 6.
 *
 * @module
 */
import type { Decision, StatementElement } from '../evaluate/decision.js'
import type { Effect } from '../policy/document.js'
import type { StatementRef } from '../policy/statement-ref.js'

export interface Explanation {
  readonly decision: Decision
  /** The sentence that people know from AWS (specification 6.1). */
  readonly message: string
  /** The caller as the message names it: an ARN, a service, a provider or `anonymous`. */
  readonly principal: string
  readonly action: string
  readonly resource: string
  /** Every statement of every policy type in scope, whether it applies or not. */
  readonly statements: readonly StatementExplanation[]
  /** For a refusal without an explicit deny: the Allow that came closest. */
  readonly nearest?: NearMiss
}

export interface StatementExplanation extends StatementRef {
  readonly effect: Effect
  readonly applies: boolean
  /** The first element that did not match; absent where the statement applies. */
  readonly failed?: StatementElement
  /** What each element said; an element that the statement lacks is absent. */
  readonly elements: { readonly [Element in StatementElement]?: boolean }
  readonly conditions: readonly ConditionExplanation[]
}

export interface ConditionExplanation {
  readonly operator: string
  readonly key: string
  readonly matched: boolean
  /** The policy's values after substitution; null for one whose variable had no value. */
  readonly wanted: readonly (string | null)[]
  /** The request's value or values; absent where `missing`. */
  readonly had?: string | readonly string[]
  /** True where the request does not carry the key. */
  readonly missing: boolean
}

export interface NearMiss {
  readonly statement: StatementExplanation
  /** Such as ``aws:RequestTag/team` is `ops`, `MustTagNewDocs` wants `eng``. */
  readonly message: string
}
