/**
 * A policy made ready for questions: predicates for each statement and a way back to its source.
 *
 * Errors  None.
 *
 * @module
 */

import type { CompiledCondition } from '../condition/condition.js'
import type { Effect } from '../policy/document.js'
import type { Policy, Statement } from '../policy/policy.js'
import type { RequestContext } from '../request/context.js'
import type { RequestPrincipal } from '../request/principal.js'

/** How a resource policy's Allow reached the caller (specification 5.4). */
export type GrantKind = 'direct' | 'role' | 'user-of-session' | 'account'

/** Whom a statement speaks of, asked about one caller. */
export interface CompiledPrincipal {
  readonly matches: (principal: RequestPrincipal) => boolean
  /** The strongest way in which the caller is named; undefined where an Allow does not reach it. */
  readonly grant: (principal: RequestPrincipal) => GrantKind | undefined
  /** For NotPrincipal: whether the caller is spared (specification 5.8). */
  readonly exempts: (principal: RequestPrincipal) => boolean
}

export interface CompiledStatement {
  readonly source: Statement
  readonly effect: Effect
  readonly principal?: CompiledPrincipal
  readonly notPrincipal?: CompiledPrincipal
  /** Takes the action in lower case. */
  readonly matchesAction: (action: string) => boolean
  /** Absent: the statement has neither Resource nor NotResource. */
  readonly matchesResource?: (resource: string, context: RequestContext) => boolean
  readonly conditions: readonly CompiledCondition[]
}

export interface ActionIndex {
  /** Statements of every service, and of this one, in document order. */
  readonly candidates: (lowerCaseAction: string) => readonly CompiledStatement[]
}

export interface CompiledPolicy {
  readonly source: Policy
  readonly statements: readonly CompiledStatement[]
  readonly index: ActionIndex
}
