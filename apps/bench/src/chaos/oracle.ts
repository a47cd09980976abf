/**
 * What every app may have decided at any moment, known from when changes were sent and acknowledged, and without iamkit.
 *
 * Shape   a change may be in force from when it is sent; what it replaces, until it is acknowledged, and for as long
 *         again as an app may go on with policies that it cannot confirm. Any other answer is wrong.
 * Units   milliseconds.
 * Errors  None: what is wrong is counted.
 *
 * @module
 */
import { Timeline } from '../soak/timeline.js'
import type { Told } from './app-child.js'

export interface Tally {
  served: number
  refused: number
  wrongAllows: number
  wrongDenials: number
  answered: number
  unanswered: number
  /** How the first wrong ones came. */
  readonly examples: string[]
}

const MAX_EXAMPLES = 5

export class Oracle {
  readonly tally: Tally = {
    served: 0,
    refused: 0,
    wrongAllows: 0,
    wrongDenials: 0,
    answered: 0,
    unanswered: 0,
    examples: [],
  }
  readonly #states: readonly Timeline<boolean>[]
  readonly #newest: boolean[]
  readonly #limit: number

  /** @param count of subjects; all of them are closed */
  constructor(count: number, limit: number) {
    this.#limit = limit
    this.#newest = Array.from({ length: count }, () => false)
    this.#states = this.#newest.map((isOpen) => {
      const states = new Timeline<boolean>()
      states.begin(isOpen, Number.NEGATIVE_INFINITY)
      return states
    })
  }

  /** What every app must say once all is quiet: a digit a subject. */
  get expected(): string {
    return this.#newest.map((isOpen) => (isOpen ? '1' : '0')).join('')
  }

  isOpen(subject: number): boolean {
    return this.#newest[subject] ?? false
  }

  sent(subject: number, isOpen: boolean, at: number): void {
    this.#newest[subject] = isOpen
    this.#states[subject]?.begin(isOpen, at)
  }

  acknowledged(subject: number, at: number): void {
    this.#states[subject]?.settle(at)
  }

  judge({ from, to, answers, answered, unanswered }: Told, app: string): void {
    const { tally } = this
    tally.answered += answered
    tally.unanswered += unanswered
    if (answers === undefined) {
      tally.refused += this.#states.length
      return
    }
    tally.served += answers.length
    for (const [subject, states] of this.#states.entries()) {
      const isAllowed = answers[subject] === '1'
      if (states.between(from - this.#limit, to).includes(isAllowed)) continue
      if (isAllowed) tally.wrongAllows += 1
      else tally.wrongDenials += 1
      if (tally.examples.length >= MAX_EXAMPLES) continue
      tally.examples.push(`${app}: subject ${subject} was ${isAllowed ? 'allowed' : 'denied'}`)
    }
  }
}
