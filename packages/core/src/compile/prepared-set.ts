/**
 * Policy sets made ready once for many decisions.
 *
 * Errors  None.
 * Source  `docs/concepts/performance.md`.
 *
 * @module
 */
import { createPlanner, type Planner } from './plan.js'
import { listOf, type PolicySet } from './policy-set.js'

const PLANNER = Symbol('planner')

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
  return prepareSet(policies, createPlanner)
}

/** Copies a set, and binds it to what plans for it. */
export function prepareSet(
  policies: PolicySet,
  plannerFor: (copy: PolicySet) => Planner,
): PolicySet {
  const copy = copyOf(policies)
  return Object.freeze({ ...copy, [PLANNER]: plannerFor(copy) })
}

/** The planner of a set; made anew for one that is a plain object, since that may have changed. */
export function plannerOf(policies: PolicySet): Planner {
  return (policies as { readonly [PLANNER]?: Planner })[PLANNER] ?? createPlanner(policies)
}

function copyOf(policies: PolicySet): PolicySet {
  const { identity, session, scps, rcps } = policies
  return {
    ...policies,
    identity: identity && listOf(identity),
    session: session && listOf(session),
    scps: scps && listOf(scps).map(listOf),
    rcps: rcps && listOf(rcps).map(listOf),
  }
}
