/**
 * The keys of tags that a request takes away: extractors for `tagKeys`.
 *
 * Shape   {@link bodyTagKeys}   a list in a JSON body, `{ "tagKeys": ["team", "stage"] }`
 *         {@link queryTagKeys}  a query parameter, `?tagKeys=team&tagKeys=stage`
 * Units   at most 50 keys of 1 to 128 code units.
 * Errors  core's `RequestError` (`ERR_REQUEST_INVALID`) from {@link readTagKeys}: the request is answered with 400.
 * Source  Specification 2.12 and 4.3: a request that untags carries `aws:TagKeys` and no `aws:RequestTag/…`.
 *
 * @module
 */
import { RequestError, requestTagEntries } from '@iamkit/core'
import type { RouteRequest } from '../request.js'
import { bodyField } from './request-body.js'

export type TagKeyExtractor = (request: RouteRequest) => unknown

/** A list in a field of a JSON body. A body parser must stand before the guard. */
export function bodyTagKeys(field = 'tagKeys'): TagKeyExtractor {
  return (request) => bodyField(request, field)
}

/** A query parameter, which may be given more than once. */
export function queryTagKeys(name = 'tagKeys'): TagKeyExtractor {
  return ({ query }) => {
    const found = Object.hasOwn(query, name) ? query[name] : undefined
    return typeof found === 'string' ? [found] : found
  }
}

/** Checks what an extractor has found. A key is what a tag's key may be, and stands there once. */
export function readTagKeys(found: unknown): readonly string[] {
  if (found === undefined || found === null) return []
  if (!Array.isArray(found)) throw new RequestError('aws:TagKeys', 'must be a list of tag keys')
  const keys: readonly unknown[] = [...found]
  if (new Set(keys).size < keys.length) throw new RequestError('aws:TagKeys', 'names a key twice')
  requestTagEntries(new Map(keys.map((key) => [key as string, ''])))
  return Object.freeze(keys) as readonly string[]
}
