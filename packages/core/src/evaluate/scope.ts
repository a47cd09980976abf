/**
 * Which policies speak for this caller and this resource.
 *
 * Errors  None.
 * Source  Specification 4.1 and 5.2.
 *
 * @module
 */
import type { CompiledPolicy } from '../compile/compiled-policy.js'
import type { Level, PolicySet } from '../compile/policy-set.js'
import type { PolicyType } from '../policy/document.js'
import { isInAccount, type RequestPrincipal } from '../request/principal.js'
import type { AuthorizationRequest } from '../request/request.js'

/** A policy set without what does not concern the request. */
export interface Scope {
  readonly identity: readonly CompiledPolicy[]
  readonly session: readonly CompiledPolicy[]
  readonly boundary: CompiledPolicy | undefined
  readonly resource: CompiledPolicy | undefined
  readonly endpoint: CompiledPolicy | undefined
  /** Undefined: SCPs do not touch this caller. */
  readonly scps: readonly Level[] | undefined
  /** Undefined: RCPs do not touch this request. */
  readonly rcps: readonly Level[] | undefined
}

export function scopeOf(policies: PolicySet, request: AuthorizationRequest): Scope {
  const { principal } = request
  const hasIdentity = carriesPolicies(principal)
  const hasSession = principal.type === 'role-session' || principal.type === 'federated-user'
  const serviceLinked = principal.type === 'role-session' && principal.serviceLinkedRole === true
  const member = isInAccount(principal) && principal.managementAccount !== true && !serviceLinked
  return {
    identity: (hasIdentity && policies.identity) || [],
    session: (hasSession && policies.session) || [],
    boundary: (hasIdentity && policies.boundary) || undefined,
    resource: policies.resource ?? undefined,
    endpoint: policies.endpoint ?? undefined,
    scps: (member && policies.scps) || undefined,
    rcps:
      (!serviceLinked && request.resourceInManagementAccount !== true && policies.rcps) ||
      undefined,
  }
}

/** Root has no policies of its own, and neither have callers without an account. */
function carriesPolicies({ type }: RequestPrincipal): boolean {
  return type === 'user' || type === 'role-session' || type === 'federated-user'
}

/** Each policy in scope with its type, in the order in which an explicit deny is blamed (6.2). */
export function* policiesOf(scope: Scope): Iterable<readonly [PolicyType, CompiledPolicy]> {
  for (const level of scope.scps ?? []) for (const policy of level) yield ['scp', policy]
  for (const level of scope.rcps ?? []) for (const policy of level) yield ['rcp', policy]
  for (const policy of scope.identity) yield ['identity', policy]
  if (scope.resource) yield [resourceType(scope), scope.resource]
  if (scope.boundary) yield ['boundary', scope.boundary]
  for (const policy of scope.session) yield ['session', policy]
  if (scope.endpoint) yield ['endpoint', scope.endpoint]
}

/** A role's trust policy stands where other resources have a resource policy, and is named so. */
export function resourceType({ resource }: Scope): 'resource' | 'trust' {
  return resource?.source.type === 'trust' ? 'trust' : 'resource'
}
