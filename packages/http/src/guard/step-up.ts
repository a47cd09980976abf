/**
 * Whether a stronger login is all that a refused caller lacks.
 *
 * Shape   the same request is asked once more as if the caller had just used a second factor.
 * Errors  None.
 * Source  RFC 9470; specification 4.3, `aws:MultiFactorAuthPresent` and `aws:MultiFactorAuthAge`.
 *
 * @module
 */
import {
  type AuthorizationRequest,
  type ContextEntries,
  isAllowed,
  type PolicySet,
  type RequestContext,
  requestContext,
} from '@iamkit/core'

const SECOND_FACTOR: ContextEntries = {
  'aws:multifactorauthpresent': true,
  'aws:multifactorauthage': 0,
}

/** True where the refused request would have been allowed with a second factor of this moment. */
export function lacksOnlyStepUp(policies: PolicySet, request: AuthorizationRequest): boolean {
  const { type } = request.principal
  if (type === 'anonymous' || type === 'service') return false
  const before = request.context as RequestContext
  const entries = Object.fromEntries([...before.keys()].map((key) => [key, before.get(key)]))
  const context = requestContext({ ...entries, ...SECOND_FACTOR })
  return isAllowed(policies, { ...request, context })
}
