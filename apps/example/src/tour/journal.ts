/**
 * The decisions that the app makes while a call is under way.
 *
 * Errors  None of its own.
 *
 * @module
 */
import type { DecisionEvent, IamDecision } from '@iamkit/http'

/** Keeps decisions while it is asked to, and none otherwise. */
export class DecisionJournal {
  #page: IamDecision[] | undefined

  /** The app's `onDecision`. */
  readonly record = ({ decision }: DecisionEvent): void => {
    this.#page?.push(decision)
  }

  /** Does the work, and adds what was decided meanwhile, in the order in which it was. */
  async during<T>(
    work: () => Promise<T>,
  ): Promise<{ result: T; decisions: readonly IamDecision[] }> {
    const page: IamDecision[] = []
    this.#page = page
    try {
      return { result: await work(), decisions: page }
    } finally {
      this.#page = undefined
    }
  }
}
