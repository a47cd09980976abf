/**
 * A seeded source of numbers, so that every run and every engine is asked the same.
 *
 * Errors  None.
 * Source  Mulberry32, a generator in the public domain.
 *
 * @module
 */

export interface Random {
  /** An integer from 0 to `below` - 1. */
  readonly below: (below: number) => number
  readonly pick: <T>(list: readonly T[]) => T
  /** A copy in another order. */
  readonly shuffle: <T>(list: readonly T[]) => T[]
}

export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return {
    below,
    pick: <T>(list: readonly T[]) => list[below(list.length)] as T,
    shuffle(list) {
      const copy = [...list]
      for (let i = copy.length - 1; i > 0; i--) {
        const j = below(i + 1)
        const kept = copy[i] as (typeof copy)[number]
        copy[i] = copy[j] as (typeof copy)[number]
        copy[j] = kept
      }
      return copy
    },
  }
}
