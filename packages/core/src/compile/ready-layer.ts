/**
 * A layer of a set that was made ready for many decisions: actions with the same candidates share a plan,
 * and many statements are not asked one by one.
 *
 * Units   above 64 action patterns the layer has an index of actions, whose long lists
 *         are indexed by resource when the layer is made, so that no first request pays for them.
 * Errors  a `TypeError` for a policy that was checked as one of another kind.
 * Source  `docs/concepts/performance.md`.
 *
 * @module
 */
import { Memory } from '../glob/memory.js'
import { createActionIndex } from './action-index.js'
import type { CompiledPolicy, CompiledStatement } from './compiled-policy.js'
import type { Slot } from './gate.js'
import { checkSlot, type Layer, type LayerPlan, layerPlan } from './layer.js'
import { listIndex, NOTHING, type ResourceIndex } from './resource-index.js'
import { tableIndex } from './resource-table.js'
import type { Find } from './row.js'

const MANY_PATTERNS = 64
const LONG_LIST = 64
const KEPT_PLANS = 256

export function createReadyLayer(slot: Slot): Layer {
  checkSlot(slot)
  const patterns = slot.policies.reduce((sum, policy) => sum + patternsIn(policy), 0)
  return {
    slot,
    planFor: patterns > MANY_PATTERNS ? createLargePlanner(slot) : createPlanner(slot),
  }
}

function patternsIn({ source }: CompiledPolicy): number {
  return source.statements.reduce(
    (sum, { actions, notActions }) => sum + (actions ?? notActions ?? []).length,
    0,
  )
}

function createPlanner(slot: Slot): Layer['planFor'] {
  const plan = sharedPlans(slot)
  return (action) =>
    plan(
      slot.policies.flatMap((policy, i) =>
        policy.candidates(action).map((place) => ({ policy, place, key: `${i}.${place}` })),
      ),
    )
}

function createLargePlanner(slot: Slot): Layer['planFor'] {
  const plan = sharedPlans(slot)
  const entries = slot.policies.flatMap((policy, i) =>
    policy.source.statements.map(
      (statement, place) => [statement, { policy, place, key: `${i}.${place}` }] as const,
    ),
  )
  const index = createActionIndex(entries)
  const made = new Map<readonly Place[], LayerPlan>()
  for (const list of index.lists()) {
    if (list.length >= LONG_LIST) made.set(list, planOf(list, slot))
  }
  return (action) => {
    const lists = index.find(action)
    const short = [...new Set(lists.filter((list) => !made.has(list)).flat())]
    const all = [...lists.flatMap((list) => made.get(list) ?? []), plan(short)]
    return {
      allows: joinIndexes(all.map(({ allows }) => allows)),
      denies: joinIndexes(all.map(({ denies }) => denies)),
    }
  }
}

/** A statement that was perhaps not compiled yet. */
interface Place {
  readonly policy: CompiledPolicy
  readonly place: number
  /** Its own within the layer. */
  readonly key: string
}

function planOf(places: readonly Place[], slot: Slot): LayerPlan {
  const statements = places.map(({ policy, place }) => policy.statementAt(place))
  return layerPlan(statements, (some) => createIndex(some, slot))
}

/** The same statements have one plan, whichever actions they are candidates of. */
function sharedPlans(slot: Slot): (places: readonly Place[]) => LayerPlan {
  const kept = new Memory<string, LayerPlan>(KEPT_PLANS)
  return (places) => {
    const key = places.map((one) => one.key).join()
    const known = kept.get(key)
    if (known) return known
    const plan = planOf(places, slot)
    kept.set(key, plan)
    return plan
  }
}

/** Above this many patterns a table is faster than asking in turn. */
const FEW_PATTERNS = 8

function createIndex(statements: readonly CompiledStatement[], slot: Slot): ResourceIndex {
  const count = statements.reduce((sum, { patterns }) => sum + (patterns?.length ?? 1), 0)
  return count > FEW_PATTERNS ? tableIndex(statements, slot) : listIndex(statements, slot)
}

/** Asks several indexes as one. */
function joinIndexes(indexes: readonly ResourceIndex[]): ResourceIndex {
  const asked = indexes.filter(({ constant }) => constant !== false)
  const [only] = asked
  if (!only) return NOTHING
  if (asked.length === 1) return only
  const find: Find = (request, context, into) => {
    for (const index of asked) if (index.find(request, context, into)) return true
    return false
  }
  const constant = asked.some((index) => index.constant) || undefined
  const { partition } = only
  const isSame = asked.every((index) => index.partition === partition)
  return { ...NOTHING, constant, partition: isSame ? partition : undefined, find }
}
