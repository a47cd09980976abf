/**
 * Which policies speak for this caller and this resource.
 *
 * Errors  None.
 * Source  Specification 4.1 and 5.2.
 *
 * @module
 */
import { AUDIENCE } from '../compile/plan.js'
import type { AuthorizationRequest } from '../request/request.js'

const USERS = AUDIENCE.identity | AUDIENCE.scps | AUDIENCE.rcps

/** Most requests are those of a user of a member account. The rest stands apart: engines see through what is short. */
export function audienceOf(request: AuthorizationRequest): number {
  const { principal, resourceInManagementAccount } = request
  return principal.type === 'user' &&
    principal.managementAccount !== true &&
    resourceInManagementAccount !== true
    ? USERS
    : otherAudience(request)
}

function otherAudience({ principal, resourceInManagementAccount }: AuthorizationRequest): number {
  const rcps = resourceInManagementAccount === true ? 0 : AUDIENCE.rcps
  switch (principal.type) {
    case 'user':
      return AUDIENCE.identity | scpsOf(principal) | rcps
    case 'role-session':
      if (principal.serviceLinkedRole === true) return AUDIENCE.identity | AUDIENCE.session
      return AUDIENCE.identity | AUDIENCE.session | scpsOf(principal) | rcps
    case 'federated-user':
      return AUDIENCE.federated | AUDIENCE.identity | AUDIENCE.session | scpsOf(principal) | rcps
    case 'root':
      return AUDIENCE.root | scpsOf(principal) | rcps
    default:
      return rcps
  }
}

/** SCPs bind the principals of member accounts. */
function scpsOf({ managementAccount }: { readonly managementAccount?: boolean }): number {
  return managementAccount === true ? 0 : AUDIENCE.scps
}
