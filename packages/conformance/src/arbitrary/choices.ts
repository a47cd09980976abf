/**
 * Where a generator gets its choices: from a seed, or from a list that is played again.
 *
 * Shape   every choice is a whole number from zero to below a bound. Zero is the simplest.
 * Errors  None.
 *
 * @module
 */

export interface Choices {
  readonly below: (bound: number) => number
}

/** The same choices for the same seed, for ever (mulberry32). */
export function seededChoices(seed: number): Choices {
  let state = seed | 0
  return {
    below: (bound) => {
      state = (state + 0x6d2b79f5) | 0
      let bits = Math.imul(state ^ (state >>> 15), 1 | state)
      bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits
      return ((bits ^ (bits >>> 14)) >>> 0) % bound
    },
  }
}

/** The choices of a list, and zeros when it has run out. */
export function replayedChoices(list: readonly number[]): Choices {
  let next = 0
  return { below: (bound) => (list[next++] ?? 0) % bound }
}

/** One of a list that is not empty. The first is the simplest. */
export function pick<T>(choices: Choices, list: readonly [T, ...T[]] | readonly T[]): T {
  const found = list[choices.below(list.length)]
  if (found === undefined) throw new Error('nothing to pick from')
  return found
}

/** True in so many of a hundred cases; false is the simpler. */
export function chance(choices: Choices, percent: number): boolean {
  return choices.below(100) >= 100 - percent
}

/** One of several makers, by weight. The first is the simplest. */
export function weighted<T>(choices: Choices, table: readonly (readonly [number, () => T])[]): T {
  const total = table.reduce((sum, [weight]) => sum + weight, 0)
  let left = choices.below(total)
  for (const [weight, make] of table) {
    if (left < weight) return make()
    left -= weight
  }
  throw new Error('weights must be above zero')
}

/** From `least` to `most` things. */
export function several<T>(
  choices: Choices,
  [least, most]: readonly [number, number],
  make: () => T,
): readonly T[] {
  return Array.from({ length: least + choices.below(most - least + 1) }, make)
}
