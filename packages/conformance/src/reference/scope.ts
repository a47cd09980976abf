/**
 * Which policies speak for this caller and this resource.
 *
 * Shape   the same set, without the policies that are out of scope.
 * Errors  None.
 * Source  Specification 4.1 and 5.2.
 *
 * @module
 */
import type { RequestPrincipal } from '@iamkit/core'
import type { DocumentSet, ReferenceRequest } from './document-set.js'
import { isAccountPrincipal } from './principal.js'

export function inScope(documents: DocumentSet, request: ReferenceRequest): DocumentSet {
  const caller = request.principal
  const { identity, boundary, session, scps, rcps, ...others } = documents
  return {
    ...others,
    identity: hasIdentityPolicies(caller) ? (identity ?? null) : null,
    boundary: hasIdentityPolicies(caller) ? (boundary ?? null) : null,
    session: isSession(caller) ? (session ?? null) : null,
    scps: followsScps(caller) ? (scps ?? null) : null,
    rcps: followsRcps(request) ? (rcps ?? null) : null,
  }
}

/** The root user can have neither identity policies nor a boundary. */
function hasIdentityPolicies(caller: RequestPrincipal): boolean {
  return isAccountPrincipal(caller) && caller.type !== 'root'
}

/** Session policies are passed when a role is assumed or a user federated. */
function isSession(caller: RequestPrincipal): boolean {
  return caller.type === 'role-session' || caller.type === 'federated-user'
}

function isServiceLinkedRole(caller: RequestPrincipal): boolean {
  return caller.type === 'role-session' && caller.serviceLinkedRole === true
}

/** SCPs follow the caller's account. */
function followsScps(caller: RequestPrincipal): boolean {
  if (!isAccountPrincipal(caller)) return false
  return caller.managementAccount !== true && !isServiceLinkedRole(caller)
}

/** RCPs follow the resource's account, whoever calls. */
function followsRcps(request: ReferenceRequest): boolean {
  return request.resourceInManagementAccount !== true && !isServiceLinkedRole(request.principal)
}
