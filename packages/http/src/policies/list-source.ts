/**
 * Policy sources that can speak for all resources of a type at once.
 *
 * Shape   a resource's own policy may differ from that of its neighbour, so a list needs a source that says
 *         where they are the same: `forEvery` takes an ARN with `{placeholders}`.
 * Errors  {@link PolicySourceError} (`ERR_POLICY_SOURCE`) from {@link policiesForEvery}, and what the source
 *         throws: core's `UntranslatableError` where the policies differ.
 *
 * @module
 */
import type { PolicySet } from '@iamkit/core'
import { PolicySourceError } from '../errors.js'
import { checkSession, type GroupPolicySource, type PolicyQuestion } from './policy-question.js'

export interface ListPolicySource extends GroupPolicySource {
  /** The policies for every resource that an ARN with `{placeholders}` stands for. Throws where they differ. */
  readonly forEvery: (question: PolicyQuestion) => PolicySet
}

export function policiesForEvery(source: GroupPolicySource, question: PolicyQuestion): PolicySet {
  const { forEvery } = source as Partial<ListPolicySource>
  if (typeof forEvery === 'function') {
    const policies = forEvery(question)
    checkSession(policies, question)
    return policies
  }
  throw new PolicySourceError(
    'the policy source does not say which policies all resources share: give it a `forEvery`, or use `select`',
  )
}
