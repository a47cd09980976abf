/**
 * Policy sets made ready once for many decisions.
 *
 * Errors  None of its own: a set with a field that is no policy type is a `TypeError`.
 * Source  `docs/concepts/performance.md`.
 *
 * @module
 */
import type { Keeper } from './keeper.js'
import { Planner } from './planner.js'
import { listOf, PLANNER, type PolicySet } from './policy-set.js'

/**
 * Makes a policy set ready for many decisions: what it says of an action is worked out once and kept.
 * A set never changes; to change policies, make a new one and put it in the old one's place.
 *
 * @example
 * ```ts
 * const policies = createPolicySet({ identity: [compile(parsePolicy(text))] })
 * ```
 */
export function createPolicySet(policies: PolicySet): PolicySet {
  const set = bind(policies)
  set[PLANNER].prepare()
  return set
}

/** A set whose plans are made when somebody asks, and may be forgotten. */
export function createKeptSet(policies: PolicySet, keeper: Keeper): PolicySet {
  return bind(policies, keeper)
}

type Bound = PolicySet & { readonly [PLANNER]: Planner }

/**
 * Copies a set and gives it what plans for it. Of one shape, whatever is left out: engines look fields up
 * faster then.
 */
function bind(policies: PolicySet, keeper?: Keeper): Bound {
  const { identity, resource, boundary, session, endpoint, scps, rcps, ...others } = policies
  for (const name of Object.keys(others)) throw new TypeError(`no policy type \`${name}\``)
  const planner = new Planner(keeper)
  planner.policies = {
    identity: identity && listOf(identity),
    resource,
    boundary,
    session: session && listOf(session),
    endpoint,
    scps: scps && listOf(scps).map(listOf),
    rcps: rcps && listOf(rcps).map(listOf),
    [PLANNER]: planner,
  } as PolicySet
  return Object.freeze(planner.policies) as Bound
}
