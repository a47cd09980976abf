/**
 * Keeps as many things ready as there is room for, and lets go of what has not been used.
 *
 * Shape   a clock: a hand goes round, and a thing that was used since it last passed is passed over.
 * Units   `capacity` counts things.
 * Errors  None.
 * Source  `docs/concepts/performance.md`; the second-chance algorithm.
 *
 * @module
 */

/** Something that can be made again. */
export interface Forgettable {
  /** Set by its owner whenever it is used. */
  used: boolean
  readonly forget: () => void
}

export interface Keeper {
  /** Takes a thing that has just been made; another one may be forgotten for it. */
  readonly keep: (thing: Forgettable) => void
}

export function createKeeper(capacity: number): Keeper {
  const kept: Forgettable[] = []
  let hand = 0
  return {
    keep(thing) {
      if (kept.length < capacity) {
        kept.push(thing)
        return
      }
      for (let other = kept[hand]; other?.used; other = kept[hand]) {
        other.used = false
        hand = (hand + 1) % capacity
      }
      kept[hand]?.forget()
      kept[hand] = thing
      hand = (hand + 1) % capacity
    },
  }
}
