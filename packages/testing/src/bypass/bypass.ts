/**
 * What the search sends, and what it finds.
 *
 * Errors  None.
 *
 * @module
 */

/** The title of a path that is spelt as the app spells it. */
export const PLAIN = 'as it is'

/** All that is sent over one connection. */
export interface Exchange {
  /** Such as `path in upper case`. */
  readonly title: string
  /** The path of the route that it aims at, as the app wrote it. */
  readonly route: string
  readonly method: string
  /** As they go over the wire, one byte a character. */
  readonly bytes: string
  /** Targets that the bytes ask for beside the route; they may be for everybody. */
  readonly beside?: readonly string[]
}

/** A handler that ran, or a request that was served, although nobody had allowed it. */
export interface Bypass extends Exchange {
  /** The handler, or what was answered where no handler could be seen. */
  readonly what: string
}
