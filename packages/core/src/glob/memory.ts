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

/** A class, because engines see through its methods, and not through closures of many makings. */
export class Memory<Key, Value> {
  readonly #size: number
  #young = new Map<Key, Value>()
  /** Absent until the young ones were too many for the first time: many memories stay small. */
  #old: Map<Key, Value> | undefined

  constructor(size: number) {
    this.#size = size
  }

  get(key: Key): Value | undefined {
    return this.#young.get(key) ?? this.#revive(key)
  }

  set(key: Key, value: Value): void {
    if (this.#young.size >= this.#size) {
      this.#old = this.#young
      this.#young = new Map()
    }
    this.#young.set(key, value)
  }

  #revive(key: Key): Value | undefined {
    const value = this.#old?.get(key)
    if (value !== undefined) this.set(key, value)
    return value
  }
}
