/**
 * A parsed policy: frozen, every list a list, every value a string, with places in the source.
 *
 * Shape   {@link Policy} holds {@link Statement}s in document order.
 * Errors  None.
 * Source  Specification 1.1.
 *
 * @module
 */
import type { Span } from '../json/node.js'
import type { Effect, PolicyType, PolicyVersion, PrincipalKind } from './document.js'
import type { ConditionOperator } from './operator.js'

export interface Policy {
  /** What the author calls it: a file name or an ARN. It names the policy in explanations. */
  readonly name?: string
  /** The type it was checked as. Absent: only the rules that all types share were checked. */
  readonly type?: PolicyType
  /** The effective version: `2008-10-17` where the document has none. */
  readonly version: PolicyVersion
  /** As written; absent where the document has no Version. */
  readonly writtenVersion?: PolicyVersion
  readonly id?: string
  readonly statements: readonly Statement[]
}

export interface Statement {
  /** Position in the document, from 0. */
  readonly index: number
  readonly sid?: string
  readonly effect: Effect
  readonly principal?: PrincipalElement
  readonly notPrincipal?: PrincipalElement
  /** Patterns as written. Exactly one of `actions` and `notActions` in a valid statement. */
  readonly actions?: readonly string[]
  readonly notActions?: readonly string[]
  readonly resources?: readonly string[]
  readonly notResources?: readonly string[]
  /** In document order; empty where there is no Condition. */
  readonly conditions: readonly Condition[]
  /** Where the statement stands in its text; absent where it came as an object. */
  readonly span?: Span
}

/** Whom a statement speaks of: everyone, or a list. */
export interface PrincipalElement {
  /** True for the bare string `"*"`. */
  readonly isStar: boolean
  readonly entries: readonly PrincipalEntry[]
}

export interface PrincipalEntry {
  readonly kind: PrincipalKind
  /** As written: `*`, an account, an ARN, a service name, a provider or a canonical id. */
  readonly value: string
}

/** One operator on one context key. */
export interface Condition {
  readonly operator: ConditionOperator
  /** The context key as written. It is compared in lower case. */
  readonly key: string
  /** Numbers and booleans as their JSON text. */
  readonly values: readonly string[]
}
