/**
 * What the reference is asked: policy documents as JSON values, slot by slot, and a request.
 *
 * Shape   the same as in a case file: nothing is parsed, compiled or indexed beforehand.
 * Errors  None.
 * Source  Specification 5.1 and section 8.
 *
 * @module
 */
import type { AuthorizationRequest, PolicyDocument, PolicyType } from '@iamkit/core'

/** Policies at one step of an organization, root or unit or account. */
export type DocumentLevel = readonly PolicyDocument[]

/** An absent or null slot holds no policy, and for `scps` and `rcps` the feature is off. */
export interface DocumentSet {
  readonly identity?: readonly PolicyDocument[] | null
  readonly resource?: PolicyDocument | null
  readonly boundary?: PolicyDocument | null
  readonly session?: readonly PolicyDocument[] | null
  readonly endpoint?: PolicyDocument | null
  /** From the organization's root to the caller's account. */
  readonly scps?: readonly DocumentLevel[] | null
  /** From the organization's root to the resource's account. */
  readonly rcps?: readonly DocumentLevel[] | null
}

/** Where a document is attached. A role's trust policy stands in the resource slot. */
export type Slot = Exclude<PolicyType, 'trust'>

/** A string is one value, a list a multivalued key. */
export type ContextValues = Readonly<Record<string, string | readonly string[]>>

export type ReferenceRequest = Omit<AuthorizationRequest, 'context'> & {
  readonly context: ContextValues
}

/** How an Allow of the resource policy reached the caller (specification 5.4). */
export type GrantKind = 'direct' | 'role' | 'user-of-session' | 'account'

/** The rule of section 5 that decided; `5.5-8-role` is the second line of step 8. */
export type Rule =
  | '5.5-1'
  | '5.5-2'
  | '5.5-3'
  | '5.5-4'
  | '5.5-5'
  | '5.5-7-direct'
  | '5.5-7-none'
  | '5.5-8-direct'
  | '5.5-8-role'
  | '5.5-8-user-of-session'
  | '5.5-8-identity'
  | '5.5-8-none'
  | '5.5-9-allow'
  | '5.5-9-none'
  | '5.5-9-partition'

export interface ReferenceDecision {
  readonly answer: 'Allow' | 'ExplicitDeny' | 'ImplicitDeny'
  /** The policy type that a refusal rests on (specification 6.2); absent for an Allow. */
  readonly type?: Slot
  readonly rule: Rule
}
