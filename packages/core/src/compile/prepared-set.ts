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

/**
 * Whether a set is ready already: made by {@link createPolicySet}, or found by a policy store. A copy of one is not,
 * because something may have been added to it.
 */
export function isReadySet(policies: PolicySet): boolean {
  return (policies as Partial<Bound>)[PLANNER]?.policies === policies
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
    identity: identity && frozenList(identity),
    resource,
    boundary,
    session: session && frozenList(session),
    endpoint,
    scps: scps && frozenList(listOf(scps).map(frozenList)),
    rcps: rcps && frozenList(listOf(rcps).map(frozenList)),
    [PLANNER]: planner,
  } as PolicySet
  return Object.freeze(planner.policies) as Bound
}

/** Whoever adds a policy to a set that is ready is told so, and not left to believe that it counts. */
function frozenList<Item>(list: readonly Item[]): readonly Item[] {
  return Object.freeze(listOf(list))
}
