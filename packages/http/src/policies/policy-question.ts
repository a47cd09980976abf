/**
 * What a policy source is asked.
 *
 * Shape   core's question, and what core knows nothing of: the groups of a user, the policies of a session.
 * Errors  {@link PolicySourceError} (`ERR_POLICY_SOURCE`) from {@link checkSession}.
 * Source  Specification 4.1: the policies of a user's groups are its identity policies; 5.1 for those of a session.
 *
 * @module
 */
import type { AnyService, PolicySet, PolicySource } from '@iamkit/core'
import { PolicySourceError } from '../errors.js'
import type { Identity } from '../identity/identity.js'

type CoreQuestion = Parameters<PolicySource>[0]

export interface PolicyQuestion extends CoreQuestion {
  /** The names of the caller's groups, as the authenticator found them. */
  readonly groups?: readonly string[] | undefined
  /** The texts of the policies that the caller's session was made with: they narrow all others. */
  readonly session?: readonly string[] | undefined
}

/** Any of core's policy sources is one; this one may also look at the caller's groups and session. */
export interface GroupPolicySource {
  (question: PolicyQuestion): PolicySet | Promise<PolicySet>
  /** Hears from `createIam` which actions and keys there are: refuse policies that speak of others. */
  readonly useServices?: (services: readonly AnyService[]) => void
}

export function questionOf(identity: Identity, resource: string): PolicyQuestion {
  const { principal, groups, sessionPolicies: session } = identity
  return { principal, resource, groups, session }
}

/** A session's policies that a source left out would let through what they were made to keep out. */
export function checkSession(
  policies: PolicySet,
  { session = [], principal: { type } }: PolicyQuestion,
): void {
  if (session.length === 0) return
  if (type !== 'role-session' && type !== 'federated-user') {
    throw new PolicySourceError('the caller has policies of a session, and is none')
  }
  if (policies.session?.length) return
  throw new PolicySourceError("the policy source left out the policies of the caller's session")
}
