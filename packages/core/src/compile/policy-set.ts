/**
 * The policies that apply to one request, and who supplies them.
 *
 * Shape   one field a policy type; an absent field means that there is none of that type.
 * Errors  None.
 * Source  Specification 5.1.
 *
 * @module
 */
import type { AuthorizationRequest } from '../request/request.js'
import type { CompiledPolicy } from './compiled-policy.js'

/** The policies attached at one step of an organization, root or unit or account. OR-ed. */
export type Level = readonly CompiledPolicy[]

export interface PolicySet {
  /** The caller's own and its groups', inline and managed together. */
  readonly identity?: readonly CompiledPolicy[] | undefined
  /** The resource's policy; a role's trust policy where a role is assumed. */
  readonly resource?: CompiledPolicy | undefined
  /** Absent: no boundary. A boundary without a matching Allow blocks everything. */
  readonly boundary?: CompiledPolicy | undefined
  /** Those passed when the session was made. Absent and empty both mean that none was passed. */
  readonly session?: readonly CompiledPolicy[] | undefined
  /** Present: the request came through that endpoint. */
  readonly endpoint?: CompiledPolicy | undefined
  /** From the organization's root to the caller's account. Absent: the feature is off. */
  readonly scps?: readonly Level[] | undefined
  /** From the organization's root to the resource's account; the built-in allow is implied. */
  readonly rcps?: readonly Level[] | undefined
}

/** Where a set that was made ready keeps what plans for it. */
export const PLANNER = Symbol('planner')

/** Supplies the policies for a caller and a resource: from memory, files, or a control plane. */
export type PolicySource = (
  request: Pick<AuthorizationRequest, 'principal' | 'resource'>,
) => PolicySet | Promise<PolicySet>

/**
 * A list with a place for each hole, so that nothing is skipped. What is no list throws, and so
 * denies: taken for an empty one it would leave the type of policy out.
 */
export function listOf<Item>(list: readonly Item[] | null | undefined): readonly Item[] {
  if (list === undefined || list === null) return []
  if (!Array.isArray(list)) throw new TypeError('policies of this type must stand in a list')
  return Array.from(list)
}
