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
  const list = readUnique(tags, 'request tag')
  const { keys } = list
  if (keys.length === 0) return {}
  return Object.assign(entriesOf('aws:RequestTag/', list), { 'aws:TagKeys': keys })
}

/** The tags that the caller carries. Two spellings of one key are refused. */
export function principalTagEntries(tags: Tags): ContextEntries {
  return entriesOf('aws:PrincipalTag/', readUnique(tags, 'principal tag'))
}

/**
 * The tags that the resource carries. Two whose keys differ only in case become one key with two
 * values, which no operator without a set prefix matches.
 */
export function resourceTagEntries(tags: Tags): ContextEntries {
  const list = readTags(tags, 'resource tag')
  const lookup = new CheckedTags(list)
  const first = new Map<string, string>()
  for (const key of list.keys) if (!first.has(key.toLowerCase())) first.set(key.toLowerCase(), key)
  return Object.fromEntries(
    Array.from(first, ([lower, key]) => [`aws:ResourceTag/${key}`, lookup.get(lower)]),
  )
}

/** Tags that are looked up one by one, whatever the case in which a key is written. */
export interface TagLookup {
  /** Many values where the tags hold keys that differ only in case. */
  get(lowerCaseKey: string): string | readonly string[] | undefined
  keys(): readonly string[]
}

/** The tags that the caller carries, checked and copied. Two spellings of one key are refused. */
export function principalTagLookup(tags: Tags): TagLookup {
  return new CheckedTags(readUnique(tags, 'principal tag'))
}

/** The tags of the resource, checked and copied. */
export function resourceTagLookup(tags: Tags): TagLookup {
  return new CheckedTags(readTags(tags, 'resource tag'))
}

class CheckedTags implements TagLookup {
  readonly #list: TagList

  constructor(list: TagList) {
    this.#list = list
  }

  get(lowerCaseKey: string): string | readonly string[] | undefined {
    const { keys, values } = this.#list
    let found: string | readonly string[] | undefined
    for (let i = 0; i < keys.length; i++) {
      if (keys[i]?.toLowerCase() !== lowerCaseKey) continue
      const value = values[i] as string
      found = found === undefined ? value : [found, value].flat()
    }
    return found
  }

  keys(): readonly string[] {
    return this.#list.keys.map((key) => key.toLowerCase())
  }
}

/** Two lists of one length: a pair for each tag would take twice as much. */
interface TagList {
  readonly keys: readonly string[]
  readonly values: readonly string[]
}

function readTags(tags: Tags, noun: string): TagList {
  const isMap = tags instanceof Map
  if (!isMap && !isPlainObject(tags)) {
    throw new RequestError(noun, 'tags must be a plain object or a Map of keys and values')
  }
  const pairs = isMap ? Array.from(tags, copyOf) : []
  const keys = isMap ? pairs.map(([key]) => key) : Object.keys(tags)
  if (keys.length > MAX_TAGS) throw new RequestError(noun, `more than ${MAX_TAGS} tags`)
  const values = isMap ? pairs.map(([, value]) => value) : keys.map((key) => tags[key] as string)
  for (let i = 0; i < keys.length; i++) checkTag(noun, keys[i], values[i])
  return { keys, values }
}

/** A Map of the app's own class may give one pair for all, and other keys by themselves than with their values. */
function copyOf([key, value]: readonly [string, string]): readonly [string, string] {
  return [key, value]
}

function readUnique(tags: Tags, noun: string): TagList {
  const list = readTags(tags, noun)
  const { keys } = list
  if (keys.length > 1 && new Set(keys.map((key) => key.toLowerCase())).size < keys.length) {
    throw new RequestError(noun, 'two tag keys differ only in case')
  }
  return list
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

function entriesOf(prefix: string, { keys, values }: TagList): ContextEntries {
  return Object.fromEntries(keys.map((key, i) => [prefix + key, values[i]]))
}
