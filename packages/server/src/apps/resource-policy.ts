/**
 * The policy of an app's resource: its users and roles are bound to their unique ids when it is saved.
 *
 * Units   a policy has at most 20,480 characters.
 * Errors  {@link Fault} `MalformedPolicyDocument` 400 from {@link bindPolicy}.
 *
 * @module
 */
import { type Policy, parseArn, parsePolicy } from '@iamkit/core'
import { Fault } from '../fault.js'
import { type Accounts, asOfToday, bindPrincipals } from '../iam/bound-principals.js'
import type { ResourceEntity } from '../state/entity.js'

/** Checks a policy, and notes who is meant. */
export function bindPolicy(
  policy: string,
  accounts: Accounts,
): Required<Pick<ResourceEntity, 'policy' | 'policyIds'>> {
  return { policy, policyIds: bindPrincipals(parsed(policy), accounts) }
}

/** A resource's policy as it is today, if it has one. */
export function policyOf(
  { policy, policyIds }: ResourceEntity,
  accounts: Accounts,
): string | undefined {
  return policy === undefined ? undefined : asOfToday(policy, policyIds, accounts)
}

/** Whether a resource's policy was bound to one of these users and roles. */
export function isBoundTo({ policyIds }: ResourceEntity, ids: ReadonlySet<string>): boolean {
  return policyIds !== undefined && Object.values(policyIds).some((id) => ids.has(id))
}

/** Accounts of the users and roles to which resources' policies were bound; unique ids are of the resource's own. */
export function accountsBound(resources: readonly ResourceEntity[]): ReadonlySet<string> {
  const names = resources.flatMap(({ policyIds }) => Object.keys(policyIds ?? {}))
  const arns = names.filter((name) => name.startsWith('arn:'))
  return new Set(arns.map((arn) => parseArn(arn).account))
}

function parsed(text: string): Policy {
  try {
    return parsePolicy(text, { type: 'resource' })
  } catch (error) {
    throw new Fault('MalformedPolicyDocument', (error as Error).message, 400)
  }
}
