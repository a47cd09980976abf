import type { Bypass } from './bypass/bypass.js'
import { renderBypasses } from './bypass/render.js'

/** Every code this package throws. A code is public API: renaming one is a major change. */
export type TestingErrorCode =
  | 'ERR_NOT_A_CALLER'
  | 'ERR_BYPASS_FOUND'
  | 'ERR_BYPASS_OPTIONS_INVALID'
  | 'ERR_BYPASS_UNFINISHED'

/** A matcher was given something else than what `as` makes. */
export class CallerError extends Error {
  override readonly name = 'CallerError'
  readonly code = 'ERR_NOT_A_CALLER' satisfies TestingErrorCode

  constructor(matcher: string) {
    super(`\`${matcher}\` needs a caller: expect(as(iam, principal)).${matcher}(…)`)
  }
}

/** Handlers ran that nobody had allowed. The message holds the bytes that made them run, one request a hole. */
export class BypassError extends Error {
  override readonly name = 'BypassError'
  readonly code = 'ERR_BYPASS_FOUND' satisfies TestingErrorCode
  /** Every request that came through, in the order in which they were sent. Never empty. */
  readonly bypasses: readonly Bypass[]

  constructor(bypasses: readonly Bypass[]) {
    super(renderBypasses(bypasses))
    this.bypasses = bypasses
  }
}

/** The app or the options leave nothing to try, or a route that cannot be tried. */
export class BypassOptionsError extends Error {
  override readonly name = 'BypassOptionsError'
  readonly code = 'ERR_BYPASS_OPTIONS_INVALID' satisfies TestingErrorCode

  constructor(problem: string) {
    super(`cannot look for bypasses: ${problem}`)
  }
}

/** The search came to its limit before its end. What was not tried is not known to be closed. */
export class UnfinishedError extends Error {
  override readonly name = 'UnfinishedError'
  readonly code = 'ERR_BYPASS_UNFINISHED' satisfies TestingErrorCode
  readonly sent: number

  constructor(sent: number, limit: string) {
    super(`the search for bypasses ended after ${sent} requests: ${limit}`)
    this.sent = sent
  }
}
