/**
 * Whom a role trusts: its users and roles are bound to their unique ids when the trust policy is saved.
 *
 * Errors  {@link Fault} `MalformedPolicyDocument` from {@link bindTrust}.
 * Source  IAM User Guide, "AWS JSON policy elements: Principal".
 *
 * @module
 */
import { type PrincipalEntry, parsePolicy } from '@iamkit/core'
import type { RoleEntity } from '../state/entity.js'
import { type Accounts, asOfToday, bindPrincipals } from './bound-principals.js'
import { checkDocument, malformed } from './documents.js'

/** Checks a trust policy, and notes who is meant. */
export function bindTrust(
  trust: string,
  accounts: Accounts,
): Required<Pick<RoleEntity, 'trust' | 'trustIds'>> {
  checkDocument(trust, 'trust')
  const policy = parsePolicy(trust, { type: 'trust', lenient: true, quotas: false })
  for (const { principal, notPrincipal } of policy.statements) {
    checkServices((principal ?? notPrincipal)?.entries ?? [])
  }
  return { trust, trustIds: bindPrincipals(policy, accounts) }
}

/** `lambda` is a service's prefix; its principal is `lambda.amazonaws.com`. */
function checkServices(entries: readonly PrincipalEntry[]): void {
  const isWrong = ({ kind, value }: PrincipalEntry) =>
    kind === 'Service' && (!value.includes('.') || value === 'amazonaws.com')
  const wrong = entries.find(isWrong)
  if (wrong) throw malformed(`Invalid principal in policy: "SERVICE":"${wrong.value}"`)
}

/** A role's trust policy as it is today. */
export function trustOf({ trust, trustIds }: RoleEntity, accounts: Accounts): string {
  return asOfToday(trust, trustIds, accounts)
}
