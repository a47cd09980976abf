/**
 * Tags become context keys: of the request, of the resource, of the caller.
 *
 * Shape   `aws:RequestTag/k` and `aws:TagKeys`, `aws:ResourceTag/k`, `aws:PrincipalTag/k`.
 * Units   at most 50 tags; a key has 1 to 128 UTF-16 code units, a value at most 256.
 * Errors  {@link RequestError} (`ERR_REQUEST_INVALID`) from every function.
 * Source  Specification 1.8, 2.12 and 4.3.
 *
 * @module
 */
import { RequestError } from '../errors.js'
import { isPlainObject } from '../json/plain-object.js'
import type { ContextEntries } from './context.js'

/** Tag keys and values, as an object or a Map. */
export type Tags = Readonly<Record<string, string>> | ReadonlyMap<string, string>

const MAX_TAGS = 50
const MAX_KEY_LENGTH = 128
const MAX_VALUE_LENGTH = 256
const PROTOTYPE_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

/** The tags that a request passes: a key for each, and `aws:TagKeys` with all of their names. */
export function requestTagEntries(tags: Tags): ContextEntries {
  const pairs = readTags(tags, 'request tag')
  refuseDoubles(pairs, 'request tag')
  if (pairs.length === 0) return {}
  const keys = pairs.map(([key]) => key)
  return Object.assign(entriesOf('aws:RequestTag/', pairs), { 'aws:TagKeys': keys })
}

/** The tags that the caller carries. Two spellings of one key are refused. */
export function principalTagEntries(tags: Tags): ContextEntries {
  const pairs = readTags(tags, 'principal tag')
  refuseDoubles(pairs, 'principal tag')
  return entriesOf('aws:PrincipalTag/', pairs)
}

/**
 * The tags that the resource carries. Two whose keys differ only in case become one key with two
 * values, which no operator without a set prefix matches.
 */
export function resourceTagEntries(tags: Tags): ContextEntries {
  const entries = new Map<string, [key: string, value: string | string[]]>()
  for (const [key, value] of readTags(tags, 'resource tag')) {
    const lower = key.toLowerCase()
    const known = entries.get(lower)
    if (known) known[1] = [known[1], value].flat()
    else entries.set(lower, [`aws:ResourceTag/${key}`, value])
  }
  return Object.fromEntries(entries.values())
}

/** Tags that are looked up one by one, whatever the case in which a key is written. */
export interface TagLookup {
  /** Many values where the tags hold keys that differ only in case. */
  get(lowerCaseKey: string): string | readonly string[] | undefined
  keys(): readonly string[]
}

/** The tags that the caller carries, checked and copied. Two spellings of one key are refused. */
export function principalTagLookup(tags: Tags): TagLookup {
  const pairs = readTags(tags, 'principal tag')
  refuseDoubles(pairs, 'principal tag')
  return new TagPairs(pairs)
}

/** The tags of the resource, checked and copied. */
export function resourceTagLookup(tags: Tags): TagLookup {
  return new TagPairs(readTags(tags, 'resource tag'))
}

class TagPairs implements TagLookup {
  readonly #pairs: readonly Pair[]

  constructor(pairs: readonly Pair[]) {
    this.#pairs = pairs
  }

  get(lowerCaseKey: string): string | readonly string[] | undefined {
    let found: string | readonly string[] | undefined
    for (const [key, value] of this.#pairs) {
      if (key.toLowerCase() !== lowerCaseKey) continue
      found = found === undefined ? value : [found, value].flat()
    }
    return found
  }

  keys(): readonly string[] {
    return this.#pairs.map(([key]) => key.toLowerCase())
  }
}

type Pair = readonly [key: string, value: string]

function readTags(tags: Tags, noun: string): readonly Pair[] {
  const isMap = tags instanceof Map
  if (!isMap && !isPlainObject(tags)) {
    throw new RequestError(noun, 'tags must be a plain object or a Map of keys and values')
  }
  const pairs = isMap ? Array.from(tags, copyOf) : Object.entries(tags)
  if (pairs.length > MAX_TAGS) throw new RequestError(noun, `more than ${MAX_TAGS} tags`)
  for (const [key, value] of pairs) checkTag(noun, key, value)
  return pairs
}

/** A Map of the app's own class may give the same pair twice. */
function copyOf([key, value]: Pair): Pair {
  return [key, value]
}

/** Whatever the types say, tags come from anywhere. */
function checkTag(noun: string, key: unknown, value: unknown): void {
  if (typeof key !== 'string' || key === '' || key.length > MAX_KEY_LENGTH) {
    throw new RequestError(noun, `a tag key has 1 to ${MAX_KEY_LENGTH} characters`)
  }
  if (PROTOTYPE_KEYS.has(key)) throw new RequestError(noun, `\`${key}\` is not a tag key`)
  if (typeof value !== 'string' || value.length > MAX_VALUE_LENGTH) {
    throw new RequestError(
      `${noun} ${key}`,
      `a tag value is text of at most ${MAX_VALUE_LENGTH} characters`,
    )
  }
  if (UNPRINTABLE.test(key) || UNPRINTABLE.test(value)) {
    throw new RequestError(
      `${noun} ${key}`,
      'a tag holds no control character and no half character',
    )
  }
}

/** Nobody sees them, and databases refuse them. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}]/u

function refuseDoubles(pairs: readonly Pair[], noun: string): void {
  if (pairs.length < 2) return
  if (new Set(pairs.map(([key]) => key.toLowerCase())).size < pairs.length) {
    throw new RequestError(noun, 'two tag keys differ only in case')
  }
}

function entriesOf(prefix: string, pairs: readonly Pair[]): ContextEntries {
  return Object.fromEntries(pairs.map(([key, value]) => [`${prefix}${key}`, value]))
}
