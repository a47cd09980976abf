/**
 * Whether anything grants a request: what each layer says, and what each way of being named is worth.
 *
 * Errors  None.
 * Source  Specification 5.4 and 5.5, steps 4 to 9.
 *
 * @module
 */

import type { Plan, PlannedLayer } from '../compile/plan.js'
import { isMet, type ResourceIndex } from '../compile/resource-index.js'
import { applies } from '../compile/row.js'
import type { RequestContext } from '../request/context.js'
import { isInAccount } from '../request/principal.js'
import type { AuthorizationRequest } from '../request/request.js'

/** Where the caller stands to the resource. */
export type Relation = 'no-account' | 'same-account' | 'cross-account' | 'foreign-partition'

/** Whether a request is allowed, if nothing denies it. */
export function isGranted(
  plan: Plan,
  request: AuthorizationRequest,
  context: RequestContext,
): boolean {
  const { gates, grants, identity, needs } = plan
  if (needs) return isTrustedAtHome(request) && meetsNeeds(plan, request, context)
  if (gates.length > 0 && closedGate(plan, request, context)) return false
  const relation = relationOf(request)
  if (relation === 'no-account') return isMet(grants.direct, request, context)
  if (relation === 'foreign-partition') return false
  if (relation === 'cross-account') {
    if (!isNamed(plan, request, context) && !isMet(grants.account, request, context)) return false
    return isMet(identity, request, context) && ownAllow(plan, request, context)
  }
  if (isMet(grants.direct, request, context)) return true
  if (!isMet(grants.parent, request, context)) {
    const isTrusted =
      request.resourceTrust !== 'explicit' || isMet(grants.account, request, context)
    if (!isTrusted || !isMet(identity, request, context)) return false
  }
  return ownAllow(plan, request, context)
}

/** Where the resource's policy grants nothing, its account must trust the caller by itself. */
export function isTrustedAtHome(request: AuthorizationRequest): boolean {
  return request.resourceTrust !== 'explicit' && relationOf(request) === 'same-account'
}

/** Whether all layers that must allow do, where the resource's policy grants nothing. */
export function meetsNeeds(
  { only, needs }: Plan,
  request: AuthorizationRequest,
  context: RequestContext,
): boolean {
  if (only) return applies(only, request, context)
  if (needs === undefined) return true
  for (let i = 0; i < needs.length; i++) {
    if (!isMet(needs[i] as ResourceIndex, request, context)) return false
  }
  return true
}

/** The first layer that can only narrow, and does not allow. */
export function closedGate(
  { gates }: Plan,
  request: AuthorizationRequest,
  context: RequestContext,
): PlannedLayer | undefined {
  for (const gate of gates) if (!isMet(gate.index, request, context)) return gate
  return undefined
}

/** Whether the resource policy names the caller itself, or the role or user that it comes from. */
export function isNamed(
  { grants }: Plan,
  request: AuthorizationRequest,
  context: RequestContext,
): boolean {
  return isMet(grants.direct, request, context) || isMet(grants.parent, request, context)
}

function ownAllow(
  { boundary, session }: Plan,
  request: AuthorizationRequest,
  context: RequestContext,
): boolean {
  return isMet(boundary, request, context) && isMet(session, request, context)
}

export function relationOf({
  principal,
  resource,
  resourceAccount,
}: AuthorizationRequest): Relation {
  if (!isInAccount(principal)) return 'no-account'
  if (!sharePartition(principal.arn, resource)) return 'foreign-partition'
  return principal.account === resourceAccount ? 'same-account' : 'cross-account'
}

const COLON = 58

/** Accounts of different partitions never trust each other. Both texts begin with `arn:`. */
export function sharePartition(arn: string, resource: string): boolean {
  if (resource === '*') return true
  for (let i = 4; ; i++) {
    const code = arn.charCodeAt(i)
    if (code !== resource.charCodeAt(i)) return false
    if (code === COLON) return true
  }
}
