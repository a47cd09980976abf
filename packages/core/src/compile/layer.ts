/**
 * The policies of one type that are OR-ed: a caller's identity policies, one level of an organization.
 *
 * Shape   per action, an index of its Allows and one of its Denies.
 * Units   above 256 statements the layer has an index of its own, whose long lists are indexed when
 *         the layer is made, so that no first request pays for them.
 * Errors  None.
 * Source  `docs/concepts/performance.md`.
 *
 * @module
 */
import { createActionIndex } from './action-index.js'
import type { CompiledStatement } from './compiled-policy.js'
import { mayStandAs, type Slot } from './gate.js'
import { createResourceIndex, joinIndexes, type ResourceIndex } from './resource-index.js'

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

const MANY_STATEMENTS = 256
const LONG_LIST = 16

export function createLayer(slot: Slot): Layer {
  const { policies } = slot
  for (const { source } of policies) {
    if (mayStandAs(source.type, slot.type)) continue
    throw new TypeError(`a policy of type ${source.type} stands among those of type ${slot.type}`)
  }
  const total = policies.reduce((sum, { source }) => sum + source.statements.length, 0)
  return {
    slot,
    planFor: total > MANY_STATEMENTS ? createLargePlanner(slot) : createPlanner(slot),
  }
}

/** Asks each policy for its candidates; actions with the same candidates share one plan. */
function createPlanner(slot: Slot): Layer['planFor'] {
  const { policies } = slot
  let shared: Map<string, LayerPlan> | undefined
  return (action) => {
    const found = policies.map((policy) => policy.candidates(action))
    const key = found.join(';')
    let plan = shared?.get(key)
    if (!plan) {
      plan = planOf(
        policies.flatMap((policy, i) => (found[i] ?? []).map((place) => policy.statementAt(place))),
        slot,
      )
      if (!shared || shared.size >= MANY_STATEMENTS) shared = new Map()
      shared.set(key, plan)
    }
    return plan
  }
}

function createLargePlanner(slot: Slot): Layer['planFor'] {
  const index = createActionIndex(
    slot.policies.flatMap((policy) =>
      policy.source.statements.map(
        (statement, place) => [statement, () => policy.statementAt(place)] as const,
      ),
    ),
  )
  type List = readonly (() => CompiledStatement)[]
  const made = new Map<List, LayerPlan>()
  const plan = (list: List) =>
    planOf(
      list.map((statement) => statement()),
      slot,
    )
  for (const list of index.lists()) if (list.length >= LONG_LIST) made.set(list, plan(list))

  return (action) => {
    const lists = index.find(action)
    const short = [...new Set(lists.filter((list) => !made.has(list)).flat())]
    const plans = [...lists.flatMap((list) => made.get(list) ?? []), plan(short)]
    return {
      allows: joinIndexes(plans.map(({ allows }) => allows)),
      denies: joinIndexes(plans.map(({ denies }) => denies)),
    }
  }
}

function planOf(statements: readonly CompiledStatement[], slot: Slot): LayerPlan {
  const withEffect = (effect: string) => statements.filter(({ source }) => source.effect === effect)
  return {
    allows: createResourceIndex(withEffect('Allow'), slot),
    denies: createResourceIndex(withEffect('Deny'), slot),
  }
}
