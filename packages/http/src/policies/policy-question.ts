/**
 * What a policy source is asked.
 *
 * Shape   core's question, and the groups of a user, which core knows nothing of.
 * Errors  None.
 * Source  Specification 4.1: the policies of a user's groups are its identity policies.
 *
 * @module
 */
import type { PolicySet, PolicySource } from '@iamkit/core'

type CoreQuestion = Parameters<PolicySource>[0]

export interface PolicyQuestion extends CoreQuestion {
  /** The names of the caller's groups, as the authenticator found them. */
  readonly groups?: readonly string[] | undefined
}

/** Any of core's policy sources is one; this one may also look at the caller's groups. */
export type GroupPolicySource = (question: PolicyQuestion) => PolicySet | Promise<PolicySet>
