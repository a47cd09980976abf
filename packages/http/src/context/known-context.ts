/**
 * The context of a request: all that is known of it, looked up when a condition asks.
 *
 * Shape   some thirty keys are known of every request, and a policy names two or three of them. To put all of
 *         them together would take longer than everything else that a guard does.
 * Errors  core's `RequestError` (`ERR_REQUEST_INVALID`) where a key or value among the entries is impossible.
 * Source  Specification 4.3: what the server knows overrides what came with the request.
 *
 * @module
 */
import {
  type ContextEntries,
  type ContextValue,
  contextFrom,
  type RequestContext,
  requestContext,
  type TagLookup,
} from '@iamkit/core'
import { type CallerKeys, callerKeysOf } from './caller-keys.js'
import { CIRCUMSTANCE_KEYS, CONNECTION_KEYS } from './request-keys.js'

export interface Known {
  readonly caller: CallerKeys
  readonly circumstances: ContextEntries
  /** Absent where the app itself asks: then it may say these keys among its entries. */
  readonly connection?: ContextEntries | undefined
  readonly resourceTags?: TagLookup | undefined
  /** Everything else: keys of the app's own, the tags of the request. A later one overrides an earlier one. */
  readonly entries: readonly ContextEntries[]
}

/** Where a key in lower case is known: in which of three objects, and how it is spelled there. */
const PLACES: ReadonlyMap<string, { readonly source: number; readonly name: string }> = new Map(
  [
    Object.keys(callerKeysOf({ principal: { type: 'anonymous' } }).entries),
    CIRCUMSTANCE_KEYS,
    CONNECTION_KEYS,
  ].flatMap((names, source) =>
    names.map((name) => [name.toLowerCase(), { source, name }] as const),
  ),
)

const PRINCIPAL_TAG = 'aws:principaltag/'
const RESOURCE_TAG = 'aws:resourcetag/'
const NOTHING = requestContext({})

/** What is known stands above the entries, whatever the spelling in which they say it. */
export function knownContext(known: Known): RequestContext {
  const { resourceTags } = known
  const { tags, provided } = known.caller
  const own = provided ? [...known.entries, provided] : known.entries
  const others = own.length > 0 ? requestContext(Object.assign({}, ...own)) : NOTHING
  const sources = [known.caller.entries, known.circumstances, known.connection]

  const get = (key: string): ContextValue => {
    const place = PLACES.get(key)
    const source = place && sources[place.source]
    if (source) return source[place.name]
    return (
      tagIn(tags, PRINCIPAL_TAG, key) ?? tagIn(resourceTags, RESOURCE_TAG, key) ?? others.get(key)
    )
  }
  const keys = () => {
    const names = [...PLACES.keys(), ...namesOf(tags, PRINCIPAL_TAG)]
    const all = new Set([...names, ...namesOf(resourceTags, RESOURCE_TAG), ...others.keys()])
    return [...all].filter((key) => isPresent(get(key)))
  }
  return contextFrom({ get, keys })
}

function tagIn(tags: TagLookup | undefined, prefix: string, key: string): ContextValue {
  return tags && key.startsWith(prefix) ? tags.get(key.slice(prefix.length)) : undefined
}

function namesOf(tags: TagLookup | undefined, prefix: string): readonly string[] {
  return tags ? tags.keys().map((key) => prefix + key) : []
}

function isPresent(value: ContextValue): boolean {
  return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0)
}
