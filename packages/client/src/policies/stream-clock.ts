/**
 * How old what a stream says may be, however long it was on its way.
 *
 * Shape   each comment says how old the server's knowledge was, and the time by the server's own clock. The first of them
 *         was written after the stream was asked for; by the server's clock, every later one was written so much later.
 *         So one that waited in a buffer, or in a process that stood still, is not taken for news.
 * Units   milliseconds; the server's staleness counts seconds.
 * Errors  None: a comment that says neither has no age.
 *
 * @module
 */
import { wakingNow } from './waking-clock.js'

const AGE = /staleness=(\d+(?:\.\d+)?) at=(\d+)/

export class StreamClock {
  readonly #now: () => number
  readonly #asked: number
  #first: number | undefined

  /** To be made before the stream is asked for. */
  constructor(now: () => number = wakingNow) {
    this.#now = now
    this.#asked = now()
  }

  /** At the most. Absent: the comment does not say. */
  ageOf(comment: string): number | undefined {
    const [, staleness, at] = AGE.exec(comment) ?? []
    if (staleness === undefined || at === undefined) return undefined
    this.#first ??= Number(at)
    const written = this.#asked + (Number(at) - this.#first)
    return Number(staleness) * 1000 + Math.max(0, this.#now() - written)
  }
}
