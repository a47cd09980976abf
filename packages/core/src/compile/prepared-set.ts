/**
 * Policy sets made ready once for many decisions.
 *
 * Errors  None.
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
  const copy = copyOf(policies)
  const planner = new Planner(copy)
  planner.prepare()
  return bind(copy, planner)
}

/** A set whose plans are made when somebody asks, and may be forgotten. */
export function createKeptSet(policies: PolicySet, keeper: Keeper): PolicySet {
  const copy = copyOf(policies)
  return bind(copy, new Planner(copy, keeper))
}

function bind(copy: PolicySet, planner: Planner): PolicySet {
  return Object.freeze({ ...copy, [PLANNER]: planner })
}

/** Of one shape, whatever is left out: engines look fields up faster then. */
function copyOf({
  identity,
  resource,
  boundary,
  session,
  endpoint,
  scps,
  rcps,
}: PolicySet): PolicySet {
  return {
    identity: identity && listOf(identity),
    resource,
    boundary,
    session: session && listOf(session),
    endpoint,
    scps: scps && listOf(scps).map(listOf),
    rcps: rcps && listOf(rcps).map(listOf),
  }
}
