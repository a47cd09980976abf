/**
 * Whom a role trusts: its users and roles are bound to their unique ids when the trust policy is saved.
 *
 * Errors  {@link Fault} `MalformedPolicyDocument` from {@link bindTrust}.
 * Source  IAM User Guide, "AWS JSON policy elements: Principal".
 *
 * @module
 */
import { parsePolicy } from '@iamkit/core'
import type { RoleEntity } from '../state/entity.js'
import { type Accounts, asOfToday, bindPrincipals } from './bound-principals.js'
import { checkDocument } from './documents.js'

/** Checks a trust policy, and notes who is meant. */
export function bindTrust(
  trust: string,
  accounts: Accounts,
): Required<Pick<RoleEntity, 'trust' | 'trustIds'>> {
  checkDocument(trust, 'trust')
  const policy = parsePolicy(trust, { type: 'trust', lenient: true, quotas: false })
  return { trust, trustIds: bindPrincipals(policy, accounts) }
}

/** A role's trust policy as it is today. */
export function trustOf({ trust, trustIds }: RoleEntity, accounts: Accounts): string {
  return asOfToday(trust, trustIds, accounts)
}
