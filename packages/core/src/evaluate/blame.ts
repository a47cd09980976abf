/**
 * Which policy type a refusal rests on, where nothing denies explicitly.
 *
 * Errors  None.
 * Source  Specification 6.2.
 *
 * @module
 */

import type { Plan } from '../compile/plan.js'
import { isMet } from '../compile/resource-index.js'
import type { PolicyType } from '../policy/document.js'
import type { RequestContext } from '../request/context.js'
import type { AuthorizationRequest } from '../request/request.js'
import { closedGate, isNamed, relationOf } from './grant.js'

export function blame(
  plan: Plan,
  request: AuthorizationRequest,
  context: RequestContext,
): PolicyType {
  const gate = closedGate(plan, request, context)
  if (gate) return gate.type
  const { resourceType, identity, boundary, grants } = plan
  const relation = relationOf(request)
  if (relation === 'no-account' || relation === 'foreign-partition') return resourceType

  const named = !plan.needs && isNamed(plan, request, context)
  const isTrusted = relation === 'same-account' && request.resourceTrust !== 'explicit'
  if (!isTrusted && !named && !isMet(grants.account, request, context)) return resourceType
  // where the identity policies alone decide, they were asked already
  const isIdentityAlone = plan.needs?.length === 1 && plan.needs[0] === identity
  if (isIdentityAlone || !isMet(identity, request, context)) {
    if (relation === 'cross-account') return named ? 'identity' : resourceType
    if (!named) return 'identity'
  }
  return isMet(boundary, request, context) ? 'session' : 'boundary'
}
