/**
 * The policies of one type that are OR-ed: a caller's identity policies, one level of an organization.
 *
 * Shape   per action, an index of its Allows and one of its Denies.
 * Errors  a `TypeError` for a policy that was checked as one of another kind.
 * Source  `docs/concepts/performance.md`.
 *
 * @module
 */
import type { Effect } from '../policy/document.js'
import type { CompiledStatement } from './compiled-policy.js'
import { mayStandAs, type Slot } from './gate.js'
import { listIndex, type ResourceIndex } from './resource-index.js'

/** What a layer says of one action. */
export interface LayerPlan {
  readonly allows: ResourceIndex
  readonly denies: ResourceIndex
}

export interface Layer {
  readonly slot: Slot
  /** Takes the action in lower case. */
  readonly planFor: (action: string) => LayerPlan
}

/** A layer with nothing worked out beforehand. */
export function createLayer(slot: Slot): Layer {
  checkSlot(slot)
  return {
    slot,
    planFor: (action) => layerPlan(candidatesIn(slot, action), (some) => listIndex(some, slot)),
  }
}

export function checkSlot({ policies, type }: Slot): void {
  for (const { source } of policies) {
    if (mayStandAs(source.type, type)) continue
    throw new TypeError(`a policy of type ${source.type} stands among those of type ${type}`)
  }
}

/** The statements of a layer that match an action (in lower case), found by asking each. */
function candidatesIn({ policies }: Slot, action: string): readonly CompiledStatement[] {
  return policies.flatMap((policy) =>
    policy.candidates(action).map((place) => policy.statementAt(place)),
  )
}

export function layerPlan(
  statements: readonly CompiledStatement[],
  makeIndex: (some: readonly CompiledStatement[]) => ResourceIndex,
): LayerPlan {
  const withEffect = (effect: Effect) => statements.filter(({ source }) => source.effect === effect)
  return { allows: makeIndex(withEffect('Allow')), denies: makeIndex(withEffect('Deny')) }
}
