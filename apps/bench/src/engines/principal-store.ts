/**
 * How iamkit keeps the policies of many principals: in a policy store, with a set for each.
 *
 * Errors  core's `PolicyParseError` (`ERR_POLICY_INVALID`) for a document that is none.
 *
 * @module
 */
import { type CompiledPolicy, createPolicyStore, type PolicySet } from '@iamkit/core'

export interface PrincipalStore {
  /** Takes a principal's own policy, and the places of the managed policies that it has. */
  readonly add: (own: string, managed: readonly number[]) => void
  /** The policies of the principal that was added as number `i`. */
  readonly policiesOf: (i: number) => PolicySet
}

/** A capacity keeps no more than so many documents and sets compiled; absent: the store's own. */
export function createPrincipalStore(
  managed: readonly string[],
  capacity?: number,
): PrincipalStore {
  const store = createPolicyStore({ capacity })
  const read = (text: string) => store.add(text, { type: 'identity', quotas: false })
  const shared = managed.map(read)
  const sets: PolicySet[] = []
  return {
    add(own, places) {
      const policies = places.map((place) => shared[place] as CompiledPolicy)
      sets.push(store.createSet({ identity: [read(own), ...policies] }))
    },
    policiesOf: (i) => sets[i] as PolicySet,
  }
}
