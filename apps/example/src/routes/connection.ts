/**
 * What the guard knew of the connection, for what is decided later in the same request.
 *
 * Errors  None of its own.
 *
 * @module
 */
import type { ContextEntries } from '@iamkit/core'
import type { IamDecision } from '@iamkit/http'

const CONNECTION_KEYS = ['aws:SourceIp', 'aws:SecureTransport', 'aws:UserAgent', 'aws:referer']

/** The rows of a list must not be decided about without them. */
export function connectionOf({ request: { context } }: IamDecision): ContextEntries {
  if (typeof context?.get !== 'function')
    throw new TypeError('a guard decides with a whole context')
  const get = context.get.bind(context)
  return Object.fromEntries(CONNECTION_KEYS.map((key) => [key, get(key.toLowerCase())]))
}
