/**
 * The database failed, or is not to be used.
 *
 * Shape   `unreachable`: it may come back, and whether a commit under way took place is not known;
 *         `behind`: changes that are asked for are no longer kept; `refused`: this folder or database is not for us
 *         (held by another process, newer than this server); `failed`: anything else.
 * Errors  {@link StoreError} (`ERR_STORE`).
 *
 * @module
 */
export type StoreProblem = 'unreachable' | 'behind' | 'refused' | 'failed'

export class StoreError extends Error {
  override readonly name = 'StoreError'
  readonly code = 'ERR_STORE'
  readonly problem: StoreProblem

  constructor(problem: StoreProblem, message: string, options?: ErrorOptions) {
    super(message, options)
    this.problem = problem
  }
}
