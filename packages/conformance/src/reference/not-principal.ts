/**
 * NotPrincipal: whom a Deny spares.
 *
 * Shape   a caller is spared only where every level of its identity is listed. `*` is no level.
 * Errors  None.
 * Source  Specification 5.8, strict mode.
 *
 * @module
 */
import type { RequestPrincipal } from '@iamkit/core'
import {
  entriesOf,
  namesAccount,
  namesFederatingUser,
  namesItself,
  namesRole,
  type PrincipalValue,
} from './principal.js'

export function isExempt(listed: PrincipalValue, caller: RequestPrincipal): boolean {
  switch (caller.type) {
    case 'anonymous':
      return false
    case 'service':
      return entriesOf(listed, 'Service').includes(caller.service)
    case 'federated-caller':
      return entriesOf(listed, 'Federated').includes(caller.provider)
    case 'root':
      return namesAccount(listed, caller)
    case 'user':
      return namesAccount(listed, caller) && namesItself(listed, caller)
    case 'role-session':
      return (
        namesAccount(listed, caller) &&
        namesRole(listed, caller) &&
        (namesItself(listed, caller) || !listsSessionOf(listed, caller.arn))
      )
    case 'federated-user':
      return (
        namesAccount(listed, caller) &&
        (namesItself(listed, caller) || namesFederatingUser(listed, caller))
      )
  }
}

/** Whether some session of the role is listed; session ARNs of one role differ behind the last slash. */
function listsSessionOf(listed: PrincipalValue, sessionArn: string): boolean {
  const ofRole = sessionArn.slice(0, sessionArn.lastIndexOf('/') + 1)
  return entriesOf(listed, 'AWS').some((entry) => entry.startsWith(ofRole))
}
