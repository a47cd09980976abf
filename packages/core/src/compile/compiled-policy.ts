/**
 * A policy made ready for questions: predicates for each statement and a way back to its source.
 *
 * Errors  None.
 *
 * @module
 */
import type { CompiledCondition } from '../condition/condition.js'
import type { Policy, Statement } from '../policy/policy.js'
import type { StatementRef } from '../policy/statement-ref.js'
import type { RequestPrincipal } from '../request/principal.js'
import type { ResourcePattern } from './resource-pattern.js'

/**
 * How a resource policy's Allow reached the caller (specification 5.4): by its own name, by that of the role of
 * a session or the user of a federated one, or by that of its account.
 */
export type GrantKind = 'direct' | 'parent' | 'account'

/** Whom a statement speaks of, asked about one caller. */
export interface CompiledPrincipal {
  /** True where every caller is meant. */
  readonly isEveryone: boolean
  readonly matches: (principal: RequestPrincipal) => boolean
  /** The strongest way in which the caller is named; undefined where an Allow does not reach it. */
  readonly grant: (principal: RequestPrincipal) => GrantKind | undefined
  /** For NotPrincipal: whether the caller is spared (specification 5.8). */
  readonly exempts: (principal: RequestPrincipal) => boolean
}

export interface CompiledStatement {
  readonly policy: CompiledPolicy
  readonly source: Statement
  readonly principal?: CompiledPrincipal
  readonly notPrincipal?: CompiledPrincipal
  /** Of Resource or NotResource; absent where the statement has neither. */
  readonly patterns?: readonly ResourcePattern[]
  readonly conditions: readonly CompiledCondition[]
  /** How decisions name it; made when the first one does. */
  ref: StatementRef | undefined
}

export interface CompiledPolicy {
  readonly source: Policy
  /** Gives a statement by its place in `source.statements`; compiled when first asked for, then kept. */
  readonly statementAt: (place: number) => CompiledStatement
  /** The places of the statements that match an action (in lower case). */
  readonly candidates: (action: string) => readonly number[]
}
