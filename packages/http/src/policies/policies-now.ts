/**
 * Policies that are there at once, for questions that are answered at once.
 *
 * Errors  {@link PolicySourceError} (`ERR_POLICY_SOURCE`): the source failed, answers later, or answered no policies.
 *
 * @module
 */
import type { PolicySet } from '@iamkit/core'
import { PolicySourceError } from '../errors.js'
import { checkSession, type GroupPolicySource, type PolicyQuestion } from './policy-question.js'
import { readySet } from './ready-set.js'

export function policiesNow(source: GroupPolicySource, question: PolicyQuestion): PolicySet {
  let found: unknown
  try {
    found = source(question)
  } catch (cause) {
    throw new PolicySourceError('the policy source failed', cause)
  }
  if (typeof found !== 'object' || found === null) {
    throw new PolicySourceError('the policy source answered nothing')
  }
  if ('then' in found) {
    throw new PolicySourceError(
      'the policy source answers later: `check` needs one that answers at once',
    )
  }
  let set: PolicySet
  try {
    set = readySet(found)
  } catch (cause) {
    throw new PolicySourceError('the policy source answered no set of compiled policies', cause)
  }
  checkSession(set, question)
  return set
}
