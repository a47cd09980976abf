/**
 * Where a request's tags are: extractors for `requestTags`.
 *
 * Shape   {@link bodyTags}    a field of a JSON body, `{ "tags": { "team": "eng" } }`
 *         {@link headerTags}  one header, `x-iam-tags: team=eng&stage=draft`
 *         {@link queryTags}   query parameters, `?tag.team=eng&tag.stage=draft`
 *         What they find is checked where it becomes context keys: text alone is a tag.
 * Errors  core's `RequestError` (`ERR_REQUEST_INVALID`) from an extractor: the request is answered with 400.
 * Source  Specification 2.12; the header is written as `x-amz-tagging` is.
 *
 * @module
 */
import { RequestError } from '@iamkit/core'
import type { RouteRequest } from '../request.js'
import { bodyField } from './request-body.js'

export type TagExtractor = (request: RouteRequest) => unknown

/** A field of a JSON body. A body parser must stand before the guard. */
export function bodyTags(field = 'tags'): TagExtractor {
  return (request) => bodyField(request, field)
}

/** One header of `key=value` pairs between `&`, percent-encoded as in a query string. */
export function headerTags(name = 'x-iam-tags'): TagExtractor {
  const lowerCaseName = name.toLowerCase()
  return (request) => {
    const [value, ...more] = request.headers(lowerCaseName)
    if (value === undefined || value === '') return undefined
    // A list is what two headers become on their way through a proxy.
    if (more.length > 0 || /[^\x21-\x7e]|[,;]/.test(value)) {
      throw new RequestError(lowerCaseName, 'must be one header of `key=value` pairs between `&`')
    }
    return new Map(
      unique(
        lowerCaseName,
        value.split('&').map((pair) => readPair(lowerCaseName, pair)),
      ),
    )
  }
}

/** Query parameters whose names begin with a prefix. */
export function queryTags(prefix = 'tag.'): TagExtractor {
  return ({ query }) => {
    const pairs = Object.entries(query).filter(([name]) => name.startsWith(prefix))
    return new Map(pairs.map(([name, value]) => [name.slice(prefix.length), value]))
  }
}

function readPair(name: string, pair: string): readonly [string, string] {
  const equals = pair.indexOf('=')
  if (equals < 0) throw new RequestError(name, 'a tag is written `key=value`')
  return [decode(name, pair.slice(0, equals)), decode(name, pair.slice(equals + 1))]
}

function decode(name: string, text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    throw new RequestError(name, 'holds an escape that is none')
  }
}

function unique(
  name: string,
  pairs: readonly (readonly [string, string])[],
): readonly (readonly [string, string])[] {
  if (new Set(pairs.map(([key]) => key)).size === pairs.length) return pairs
  throw new RequestError(name, 'names a tag twice')
}
