/**
 * Policy sets that keep their plans from one decision to the next.
 *
 * Shape   core prepares a plain set anew at every decision, because an app may have changed it. Here it
 *         is kept for as long as it holds the very same policies.
 * Errors  None of its own: a set that is none is a `TypeError`.
 *
 * @module
 */
import { createPolicySet, isReadySet, type Level, type PolicySet } from '@iamkit/core'

const kept = new WeakMap<PolicySet, PolicySet>()

/** A set of the app's: the one made ready before, unless a policy in it has been exchanged since. */
export function readySet(policies: PolicySet): PolicySet {
  if (isReadySet(policies)) return policies
  const before = kept.get(policies)
  if (before && isSame(before, policies)) return before
  const ready = createPolicySet(policies)
  kept.set(policies, ready)
  return ready
}

function isSame(a: PolicySet, b: PolicySet): boolean {
  return (
    a.resource === b.resource &&
    a.boundary === b.boundary &&
    a.endpoint === b.endpoint &&
    isSameLevel(a.identity, b.identity) &&
    isSameLevel(a.session, b.session) &&
    isSameList(a.scps, b.scps, isSameLevel) &&
    isSameList(a.rcps, b.rcps, isSameLevel)
  )
}

function isSameLevel(a: Level | undefined, b: Level | undefined): boolean {
  return isSameList(a, b, (one, other) => one === other)
}

function isSameList<T>(
  a: readonly T[] | undefined,
  b: readonly T[] | undefined,
  isSameItem: (a: T, b: T) => boolean,
): boolean {
  if (a === undefined || b === undefined) return a === b
  return a.length === b.length && a.every((item, i) => isSameItem(item, b[i] as T))
}
