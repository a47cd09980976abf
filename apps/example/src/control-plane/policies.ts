/**
 * Policies of several accounts, for an app whose callers come from all of them.
 *
 * Shape   a caller's own policies are those of the caller's account; a resource's are those of the app's. A folder's
 *         policy speaks for its documents as well.
 * Errors  `PoliciesUnavailableError` (`ERR_POLICIES_UNAVAILABLE`) of the client; core's `UntranslatableError` from `forEvery`.
 * Source  Specification 5.3: both accounts must agree.
 *
 * @module
 */
import type { CanSnapshot, RemotePolicies } from '@iamkit/client'
import { createPolicySet, type PolicySet } from '@iamkit/core'
import type { Identity, ListPolicySource, PolicyQuestion } from '@iamkit/http'

export interface AccountPolicies {
  /** Of the account that owns every folder. */
  readonly home: RemotePolicies
  /** Of the others, by account. */
  readonly away: ReadonlyMap<string, RemotePolicies>
}

export function policiesAcross({ home, away }: AccountPolicies): ListPolicySource {
  const combine = (question: PolicyQuestion, atHome: PolicySet): PolicySet => {
    const theirs = sourceOf({ home, away }, question)
    if (theirs === home) return atHome
    const { resource } = atHome
    return createPolicySet({ ...theirs(question), ...(resource && { resource }) })
  }
  const find = (question: PolicyQuestion) => {
    const asked = { ...question, resource: folderOf(question.resource) }
    return combine(asked, home(asked))
  }
  return Object.assign(find, {
    forEvery: (question: PolicyQuestion) => {
      const asked = { ...question, resource: folderOf(question.resource) }
      return combine(asked, home.forEvery(asked))
    },
  })
}

/** Of an account that nobody follows there are no policies, and so no leave. */
function sourceOf(
  { home, away }: AccountPolicies,
  { principal }: Pick<PolicyQuestion, 'principal'>,
): RemotePolicies {
  const account = 'account' in principal ? principal.account : ''
  return away.get(account) ?? home
}

/** What a page may know of a caller's own policies, as they are now. */
export function snapshotFor(
  policies: AccountPolicies,
  { principal, sessionPolicies: session }: Pick<Identity, 'principal' | 'sessionPolicies'>,
): CanSnapshot {
  return sourceOf(policies, { principal }).snapshotOf({ principal, resource: '*', session })
}

function folderOf(arn: string): string {
  return arn.replace(/\/document\/[^/]+$/, '')
}
