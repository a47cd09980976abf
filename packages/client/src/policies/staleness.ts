/**
 * How long ago the policies in hand were known to be the newest.
 *
 * Shape   measured by a clock that only runs forward, so that a wall clock that is wrong changes nothing; for a copy from
 *         before this process began the wall clock is asked, and one that runs backwards makes the copy too old.
 * Units   milliseconds.
 * Errors  None.
 *
 * @module
 */
import { wakingNow } from './waking-clock.js'

export class Staleness {
  #confirmedAt: number | undefined
  readonly #clock: () => number

  constructor(clock: () => number = wakingNow) {
    this.#clock = clock
  }

  /** They are the newest, or were so some time ago. */
  confirm(ago = 0): void {
    this.#confirmedAt = this.#clock() - Math.max(0, ago)
  }

  /** They were the newest at a time of the wall clock. */
  recall(confirmed: number, now: number): void {
    const age = now - confirmed
    this.#confirmedAt = age >= 0 ? this.#clock() - age : Number.NEGATIVE_INFINITY
  }

  /** Infinite where there never were any. */
  age(): number {
    return this.#confirmedAt === undefined
      ? Number.POSITIVE_INFINITY
      : this.#clock() - this.#confirmedAt
  }
}
