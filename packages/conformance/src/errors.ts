/** Every code this package throws. A code is public API: renaming one is a major change. */
export type ConformanceErrorCode = 'ERR_CASE_INVALID'

/** A file does not hold what its format promises. Thrown when case, validation and corpus files are read. */
export class CaseError extends Error {
  override readonly name = 'CaseError'
  readonly code = 'ERR_CASE_INVALID' satisfies ConformanceErrorCode
  /** The file, and the case in it where there is one. */
  readonly place: string

  constructor(place: string, problem: string, options?: ErrorOptions) {
    super(`invalid case file \`${place}\`: ${problem}`, options)
    this.place = place
  }
}
