/**
 * Writes the copy that is kept: at once what is new, and now and then how fresh it is.
 *
 * Shape   one write at a time, and one that waits for all that is new meanwhile.
 * Units   milliseconds.
 * Errors  What a write throws is told to `onProblem`.
 *
 * @module
 */
import { formatKept, type Kept, type KeptCopy } from './kept-copy.js'

const KEEP_EVERY = 60_000

export class Keeper {
  readonly #copy: KeptCopy | undefined
  readonly #onProblem: (error: unknown) => void
  #isWaiting = false
  #keptAt = Number.NEGATIVE_INFINITY
  #keeping: Promise<void> = Promise.resolve()

  constructor(copy: KeptCopy | undefined, onProblem: (error: unknown) => void) {
    this.#copy = copy
    this.#onProblem = onProblem
  }

  /** @param newest asked when its turn has come; undefined where there is nothing to keep */
  keep(newest: () => Kept | undefined, { isNew }: { readonly isNew: boolean }): void {
    const copy = this.#copy
    if (!copy || this.#isWaiting || (!isNew && performance.now() - this.#keptAt < KEEP_EVERY))
      return
    this.#keptAt = performance.now()
    this.#isWaiting = true
    this.#keeping = this.#keeping
      .then(async () => {
        this.#isWaiting = false
        const kept = newest()
        if (kept) await copy.write(formatKept(kept))
      })
      .catch(this.#onProblem)
  }
}
