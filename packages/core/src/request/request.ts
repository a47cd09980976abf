/**
 * The question that is decided: who wants to do what with which resource, in which circumstances.
 *
 * Errors  None here; a request that contradicts itself is denied by `evaluate`.
 * Source  Specification 5.1.
 *
 * @module
 */
import type { ContextEntries, RequestContext } from './context.js'
import type { RequestPrincipal } from './principal.js'

export interface AuthorizationRequest {
  readonly principal: RequestPrincipal
  /** `docs:UpdateDocument`; never a pattern. */
  readonly action: string
  /** An ARN, or `*` for an action that has no resource. Its characters are literal, stars included. */
  readonly resource: string
  /** The account that owns the resource. Never read out of the ARN. */
  readonly resourceAccount: string
  /** `explicit`: the resource's own policy must allow, in the same account too (keys, roles). */
  readonly resourceTrust?: 'implicit' | 'explicit' | undefined
  /** True where the resource belongs to a management account, which RCPs do not touch. */
  readonly resourceInManagementAccount?: boolean
  /** Keys and values; see `requestContext`. Absent: no keys at all. */
  readonly context?: RequestContext | ContextEntries
}

/** Whether a text names one action. At most 64 and 128 UTF-16 code units stand around the colon. */
export function isActionName(text: unknown): text is string {
  return typeof text === 'string' && /^[^:*?\s]{1,64}:[^:*?\s]{1,128}$/.test(text)
}
