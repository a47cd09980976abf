/**
 * A bounded memory in two generations: what is asked for survives, what is not is forgotten.
 *
 * Units   at most twice `size` values are held. A flood of new keys costs one look-up each and never
 *         empties the memory at a stroke.
 * Errors  None.
 * Source  `docs/concepts/performance.md`.
 *
 * @module
 */

export interface PlanCache<Key, Value> {
  readonly get: (key: Key) => Value | undefined
  readonly set: (key: Key, value: Value) => void
}

export function createPlanCache<Key, Value>(size: number): PlanCache<Key, Value> {
  let young = new Map<Key, Value>()
  let old = new Map<Key, Value>()

  const set = (key: Key, value: Value) => {
    if (young.size >= size) {
      old = young
      young = new Map()
    }
    young.set(key, value)
  }
  const revive = (key: Key) => {
    const value = old.get(key)
    if (value !== undefined) set(key, value)
    return value
  }
  return { get: (key) => young.get(key) ?? revive(key), set }
}
