/**
 * A policy that the control plane has accepted, read as it reads it.
 *
 * Shape   AWS's managed policies are longer than a customer's may be, and IAM accepts more than it recommends: the checks of
 *         new documents are not for those that are in force.
 * Errors  core's `PolicyParseError` (`ERR_POLICY_INVALID`) for what has no meaning.
 *
 * @module
 */
import { type Policy, type PolicyType, parsePolicy } from '@iamkit/core'

export function acceptedPolicy(text: string, type: PolicyType, name?: string): Policy {
  const named = name === undefined ? {} : { name }
  return parsePolicy(text, { type, ...named, quotas: false, lenient: true })
}
