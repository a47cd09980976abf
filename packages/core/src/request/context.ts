/**
 * The circumstances of a request: context keys and their values.
 *
 * Shape   case-insensitive keys; each one text or a list of texts. Numbers, booleans, dates and
 *         bytes are kept as the text that a policy would write.
 * Units   at most 1024 keys, 1024 values a key, 512 UTF-16 code units a key, 8192 a value and 65536
 *         for all values together.
 * Errors  {@link RequestError} (`ERR_REQUEST_INVALID`) from {@link requestContext}, and from the `get` of a context
 *         from {@link contextFrom}: evaluation makes a denial of it.
 * Source  Specification 2.1 and 4.3.
 *
 * @module
 */
import { RequestError } from '../errors.js'
import { isPlainObject } from '../json/plain-object.js'
import { lowerKey } from '../policy/lower-key.js'
import { formatBase64 } from '../value/base64.js'

/** One value, before it is text. A `Date` becomes ISO 8601, bytes become base64. */
export type ContextScalar = string | number | boolean | Date | Uint8Array
/** One value or many. Null, undefined and an empty list mean that the key is absent. */
export type ContextValue = ContextScalar | readonly ContextScalar[] | null | undefined
export type ContextEntries = Readonly<Record<string, ContextValue>>

const MAX_KEYS = 1024
const MAX_KEY_LENGTH = 512
const MAX_VALUES = 1024
const MAX_VALUE_LENGTH = 8192
const MAX_TOTAL_LENGTH = 65_536

/** Not a class: two copies of this package in one process must know each other's contexts. */
const BRAND = Symbol.for('iamkit.context')

/** Keys and values of one request. Immutable; made by {@link requestContext}. */
export interface RequestContext {
  readonly [BRAND]: true
  /** The text of a single value, a list for a multivalued key, undefined where absent. */
  get(lowerCaseKey: string): string | readonly string[] | undefined
  /** Every key that is present, in lower case. */
  keys(): Iterable<string>
}

/** Whether a value was made by {@link requestContext}, of this copy of the package or another. */
export function isRequestContext(value: RequestContext | ContextEntries): value is RequestContext {
  const built = value as { readonly [BRAND]?: unknown; readonly get?: unknown } | null
  return built?.[BRAND] === true && typeof built.get === 'function'
}

/**
 * Builds the context of a request.
 *
 * @example
 * ```ts
 * requestContext({ 'aws:SourceIp': '203.0.113.9', 'aws:TagKeys': ['team', 'stage'] })
 * ```
 */
export function requestContext(entries: ContextEntries): RequestContext {
  // A Map or a class instance has no own keys to read: taken for an empty context, it would lose Denies.
  if (!isPlainObject(entries)) throw new RequestError('context', 'must be a plain object')
  const keys = Object.keys(entries)
  if (keys.length > MAX_KEYS) throw new RequestError('context', `more than ${MAX_KEYS} keys`)

  const found = new Map<string, string | readonly string[]>()
  const seen = new Set<string>()
  let total = 0
  for (const key of keys) {
    if (key === '' || key.length > MAX_KEY_LENGTH) {
      throw new RequestError(key, `a context key has 1 to ${MAX_KEY_LENGTH} characters`)
    }
    const lower = lowerKey(key)
    if (seen.has(lower)) throw new RequestError(key, 'given twice, in two spellings')
    seen.add(lower)
    const value = toText(key, entries[key])
    if (value === undefined) continue
    total +=
      typeof value === 'string' ? value.length : value.reduce((sum, one) => sum + one.length, 0)
    if (total > MAX_TOTAL_LENGTH) {
      throw new RequestError(
        key,
        `all values together are longer than ${MAX_TOTAL_LENGTH} characters`,
      )
    }
    found.set(lower, value)
  }
  return new KnownContext(found)
}

/** What knows the keys of a request, and is asked for those that conditions name. */
export interface ContextSource {
  /** Gives the same value as often as it is asked; undefined or null where the key is absent. */
  get(lowerCaseKey: string): ContextValue
  /** Every key that is present, in lower case. */
  keys(): Iterable<string>
}

/**
 * A context whose values are looked up when a condition asks for them: for adapters that know many keys of
 * each request, of which policies name few. A value that is none is refused when it is asked for.
 */
export function contextFrom(source: ContextSource): RequestContext {
  return new LookedUpContext(source)
}

/** A class, because engines see through its methods, and not through closures of many makings. */
class KnownContext implements RequestContext {
  readonly [BRAND] = true
  readonly #found: ReadonlyMap<string, string | readonly string[]>

  constructor(found: ReadonlyMap<string, string | readonly string[]>) {
    this.#found = found
    Object.freeze(this)
  }

  get(key: string): string | readonly string[] | undefined {
    return this.#found.get(key)
  }

  keys(): Iterable<string> {
    return this.#found.keys()
  }
}

class LookedUpContext implements RequestContext {
  readonly [BRAND] = true
  readonly #source: ContextSource

  constructor(source: ContextSource) {
    this.#source = source
    Object.freeze(this)
  }

  get(key: string): string | readonly string[] | undefined {
    return toText(key, this.#source.get(key))
  }

  keys(): Iterable<string> {
    return this.#source.keys()
  }
}

function toText(key: string, value: ContextValue): string | readonly string[] | undefined {
  if (value === null || value === undefined) return undefined
  if (!Array.isArray(value)) return scalarToText(key, value as ContextScalar)
  if (value.length === 0) return undefined
  if (value.length > MAX_VALUES) throw new RequestError(key, `more than ${MAX_VALUES} values`)
  return Object.freeze(Array.from(value, (one: ContextScalar) => scalarToText(key, one)))
}

function scalarToText(key: string, value: ContextScalar): string {
  const text = textOf(value)
  if (text === undefined) {
    throw new RequestError(
      key,
      'a value must be text, a finite number, a boolean, a valid date or bytes',
    )
  }
  if (text.length > MAX_VALUE_LENGTH) {
    throw new RequestError(key, `longer than ${MAX_VALUE_LENGTH} characters`)
  }
  return text
}

function textOf(value: ContextScalar): string | undefined {
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.toISOString()
  // As many bytes are too long already: the rest need not be spelled to be refused.
  if (value instanceof Uint8Array) return formatBase64(value.subarray(0, MAX_VALUE_LENGTH))
  return undefined
}
