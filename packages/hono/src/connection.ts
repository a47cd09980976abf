/**
 * What only the runtime knows of a request: Web standards have no word for it.
 *
 * Errors  None.
 *
 * @module
 */
import type { Context } from 'hono'

export interface Connection {
  /**
   * The address of the other end. `null` says that there is none, and policies decide without one. Where
   * it is undefined the request is refused with 500: a Deny that names addresses must not be escaped.
   */
  readonly remoteAddress: string | null | undefined
  /** True where the connection itself is encrypted. */
  readonly isSecure: boolean
  /** Every value of a header, each on its own. Absent: as `Headers` has them, which joins them. */
  headers?(lowerCaseName: string): readonly string[]
}

/** Reads the connection of a request. One that throws refuses the request with a 5xx. */
export type ReadConnection = (c: Context) => Connection
