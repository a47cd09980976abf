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
  type ContextSource,
  type ContextValue,
  contextFrom,
  type RequestContext,
  requestContext,
  type TagLookup,
} from '@iamkit/core'
import { type CallerKeys, callerKeysOf } from './caller-keys.js'
import { checkPlain } from './own-keys.js'
import {
  CIRCUMSTANCE_KEYS,
  type Circumstances,
  CONNECTION_KEYS,
  circumstance,
} from './request-keys.js'

export interface Known {
  readonly caller: CallerKeys
  readonly circumstances: Circumstances
  /** Absent where the app itself asks: then it may say these keys among its entries. */
  readonly connection?: ContextEntries | undefined
  readonly resourceTags?: TagLookup | undefined
  /** Everything else: keys of the app's own, the tags of the request. A later one overrides an earlier one. */
  readonly entries: readonly ContextEntries[]
}

/** What says a key: entries that are always there, the tags of caller or resource, or what the app said. */
interface Place {
  readonly of: 'caller' | 'circumstances' | 'connection' | 'tags' | 'resourceTags' | 'others'
  /** As it is spelled there. */
  readonly name: string
}

function placesOf(of: Place['of'], names: readonly string[]): readonly [string, Place][] {
  return names.map((name) => [name.toLowerCase(), { of, name }])
}

const ANYBODY = callerKeysOf({ principal: { type: 'anonymous' } })

/** Where a key in lower case is known, whatever the request. */
const PLACES: ReadonlyMap<string, Place> = new Map([
  ...placesOf('caller', Object.keys(ANYBODY.entries)),
  ...placesOf('circumstances', CIRCUMSTANCE_KEYS),
  ...placesOf('connection', CONNECTION_KEYS),
])

const PRINCIPAL_TAG = 'aws:principaltag/'
const RESOURCE_TAG = 'aws:resourcetag/'
const NOTHING = requestContext({})

const MAX_REMEMBERED = 1024
/** The places of the keys that policies have named: their texts need not be read for each request. */
const remembered = new Map(PLACES)

function placeOf(key: string): Place {
  return remembered.get(key) ?? newPlace(key)
}

function newPlace(key: string): Place {
  const place = readPlace(key)
  if (remembered.size < MAX_REMEMBERED) remembered.set(key, place)
  return place
}

function readPlace(key: string): Place {
  if (key.startsWith(PRINCIPAL_TAG)) return { of: 'tags', name: key.slice(PRINCIPAL_TAG.length) }
  if (key.startsWith(RESOURCE_TAG)) {
    return { of: 'resourceTags', name: key.slice(RESOURCE_TAG.length) }
  }
  return { of: 'others', name: key }
}

/** What is known stands above the entries, whatever the spelling in which they say it. */
export function knownContext(known: Known): RequestContext {
  return contextFrom(new KnownKeys(known))
}

/** A class, because it is kept for as long as the request is, and what hangs on a request is better small. */
class KnownKeys implements ContextSource {
  readonly #caller: ContextEntries
  readonly #circumstances: Circumstances
  readonly #connection: ContextEntries | undefined
  readonly #tags: TagLookup | undefined
  readonly #resourceTags: TagLookup | undefined
  readonly #others: RequestContext

  constructor({ caller, circumstances, connection, resourceTags, entries }: Known) {
    const { provided } = caller
    const own = provided ? [...entries, provided] : entries
    this.#caller = caller.entries
    this.#circumstances = circumstances
    this.#connection = connection
    this.#tags = caller.tags
    this.#resourceTags = resourceTags
    own.forEach(checkPlain)
    this.#others = own.length > 0 ? requestContext(Object.assign({}, ...own)) : NOTHING
  }

  get(key: string): ContextValue {
    const { of, name } = placeOf(key)
    switch (of) {
      case 'caller':
        return this.#caller[name]
      case 'circumstances':
        return circumstance(this.#circumstances, name)
      case 'connection':
        return this.#connection ? this.#connection[name] : this.#others.get(key)
      case 'tags':
        return this.#tags?.get(name) ?? this.#others.get(key)
      case 'resourceTags':
        return this.#resourceTags?.get(name) ?? this.#others.get(key)
      default:
        return this.#others.get(key)
    }
  }

  keys(): Iterable<string> {
    const tags = [
      ...namesOf(this.#tags, PRINCIPAL_TAG),
      ...namesOf(this.#resourceTags, RESOURCE_TAG),
    ]
    const all = new Set([...PLACES.keys(), ...tags, ...this.#others.keys()])
    return [...all].filter((key) => isPresent(this.get(key)))
  }
}

function namesOf(tags: TagLookup | undefined, prefix: string): readonly string[] {
  return tags ? tags.keys().map((key) => prefix + key) : []
}

function isPresent(value: ContextValue): boolean {
  return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0)
}
