/**
 * Which policy type an implicit denial rests on, once RCPs, SCPs and endpoint policy have passed.
 *
 * Errors  None.
 * Source  Specification 6.2.
 *
 * @module
 */
import type { GrantKind, ReferenceRequest, Slot } from './document-set.js'
import { isAccountPrincipal } from './principal.js'

/** The names of specification 5.5, step 6. */
export interface Findings {
  readonly kinds: ReadonlySet<GrantKind>
  /** I: the identity policies allow, or the caller is root. */
  readonly identityAllows: boolean
  /** B: there is no boundary, or it allows. */
  readonly boundaryPasses: boolean
  /** S: the session policies pass. */
  readonly sessionPasses: boolean
  /** The caller's account and partition are those of the resource. */
  readonly isSameAccount: boolean
}

export function blame(findings: Findings, request: ReferenceRequest): Slot {
  const { kinds, identityAllows, isSameAccount } = findings
  if (!isAccountPrincipal(request.principal)) return 'resource'
  if (!isSameAccount) {
    if (kinds.size === 0) return 'resource'
    if (identityAllows) return narrowing(findings)
    const isOnlyAccount = kinds.size === 1 && kinds.has('account')
    return isOnlyAccount ? 'resource' : 'identity'
  }
  if (request.resourceTrust === 'explicit' && kinds.size === 0) return 'resource'
  const isGranted = kinds.has('role') || kinds.has('user-of-session')
  return identityAllows || isGranted ? narrowing(findings) : 'identity'
}

/** Something grants, and the boundary or else the session policies do not let it. */
function narrowing(findings: Findings): Slot {
  return findings.boundaryPasses ? 'session' : 'boundary'
}
