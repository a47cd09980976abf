/**
 * Many resource patterns, found by the hash of their literal beginnings: a decision costs one walk over the
 * resource and one look-up for each length that a literal has, however many patterns there are.
 *
 * Shape   open addressing over one plain list of numbers, so that a look-up that finds nothing touches memory
 *         once. What all literals begin with is not hashed, and compared where the rest is met.
 * Units   a pattern that begins with a wildcard has no literal, and is asked every time.
 * Errors  None.
 * Source  `docs/concepts/performance.md`.
 *
 * @module
 */
import { compilePrefix } from '../glob/literal.js'
import type { RequestContext } from '../request/context.js'
import type { AuthorizationRequest } from '../request/request.js'
import type { CompiledStatement } from './compiled-policy.js'
import { compileResourceElement, type Slot } from './gate.js'
import { coverOf } from './resource-cover.js'
import { commonBeginning, indexOf, type ResourceIndex } from './resource-index.js'
import type { ResourcePattern } from './resource-pattern.js'
import { applies, createRow, type Find, findAmong, type Row } from './row.js'

export function tableIndex(statements: readonly CompiledStatement[], slot: Slot): ResourceIndex {
  return indexOf(statements, slot, { rows: [], find: createTable(statements, slot) })
}

export function createTable(statements: readonly CompiledStatement[], slot: Slot): Find {
  const always: Row[] = []
  const entries: Entries = new Map()
  for (const statement of statements) {
    const { patterns, source } = statement
    if (!patterns || source.notResources) {
      always.push(createRow(statement, slot, compileResourceElement(statement, slot)))
      continue
    }
    for (const pattern of patterns) {
      if (pattern.kind === 'never') continue
      const row = createRow(statement, slot, pattern.covers && coverOf(pattern.covers))
      if (pattern.literal === '') always.push(row)
      else addTo(entries, pattern, row)
    }
  }
  const findAlways = findAmong(always)
  if (entries.size === 0) return findAlways
  const table = new LiteralTable([...entries.values()])
  if (always.length === 0) return (request, context, into) => table.find(request, context, into)
  return (request, context, into) =>
    findAlways(request, context, into) || table.find(request, context, into)
}

/** The patterns with one literal. Most have one: it is met without a list, in as few steps through memory as there can be. */
class Entry {
  readonly literal: string
  /** Whether a resource must be the literal; else it begins with it. */
  readonly isWhole: boolean
  readonly #first: Row
  #more: Row[] | undefined

  constructor(literal: string, isWhole: boolean, first: Row) {
    this.literal = literal
    this.isWhole = isWhole
    this.#first = first
  }

  add(row: Row): void {
    this.#more ??= []
    this.#more.push(row)
  }

  find(request: AuthorizationRequest, context: RequestContext, into?: Row[]): boolean {
    if (applies(this.#first, request, context)) {
      if (into === undefined) return true
      into.push(this.#first)
    }
    return this.#more !== undefined && findAmong(this.#more)(request, context, into)
  }
}

type Entries = Map<string, Entry>

function addTo(entries: Entries, { kind, literal }: ResourcePattern, row: Row): void {
  const isWhole = kind === 'exact'
  const key = isWhole ? `=${literal}` : `^${literal}`
  const known = entries.get(key)
  if (known) known.add(row)
  else entries.set(key, new Entry(literal, isWhole, row))
}

/** Tells the hash of a whole resource from that of a beginning. */
const WHOLE = 0x5bd1e995
/** Instead of a length: the whole resource. */
const EVERYTHING = -1

/** A class, because engines see through its fields, and not through those of many closures. */
class LiteralTable {
  readonly #entries: readonly Entry[]
  /** Two numbers a place: a hash, and the number of its entry and one, or 0. */
  readonly #places: Int32Array
  /** By length: 1 where a beginning of this length is looked for. */
  readonly #ends: Uint8Array
  readonly #begin: number
  /** Made of all literals: who writes some of them cannot choose it, and so not which ones have one hash. */
  readonly #seed: number
  readonly #beginsWell: (resource: string) => boolean

  constructor(entries: readonly Entry[]) {
    const literals = entries.map(({ literal }) => literal)
    const beginning = literals.reduce(commonBeginning)
    this.#entries = entries
    this.#begin = beginning.length
    this.#beginsWell = compilePrefix(beginning)
    this.#seed = literals.reduce((seed, literal) => hashOf(literal, seed, 0), 0)
    this.#ends = new Uint8Array(
      literals.reduce((most, { length }) => Math.max(most, length), 0) + 1,
    )
    this.#places = new Int32Array(2 ** (33 - Math.clz32(2 * entries.length)))
    for (const [number, entry] of entries.entries()) this.#put(number, entry)
  }

  #put(number: number, { literal, isWhole }: Entry): void {
    if (!isWhole) this.#ends[literal.length] = 1
    const hash = hashOf(literal, this.#seed, this.#begin) ^ (isWhole ? WHOLE : 0)
    const mask = this.#places.length - 1
    let place = (hash << 1) & mask
    while (this.#places[place + 1] !== 0) place = (place + 2) & mask
    this.#places[place] = hash
    this.#places[place + 1] = number + 1
  }

  find(request: AuthorizationRequest, context: RequestContext, into?: Row[]): boolean {
    const { resource } = request
    if (resource.length < this.#begin) return false
    const ends = this.#ends
    let hash = this.#seed
    for (let at = this.#begin; at < ends.length; at++) {
      if (ends[at] === 1 && this.#entryAt(hash, resource, at)?.find(request, context, into))
        return true
      if (at === resource.length) break
      hash = mix(hash, resource.charCodeAt(at))
    }
    if (resource.length >= ends.length) return false
    return this.#entryAt(hash ^ WHOLE, resource, EVERYTHING)?.find(request, context, into) === true
  }

  /** The patterns that the first so many characters of a resource meet. */
  #entryAt(hash: number, resource: string, length: number): Entry | undefined {
    const places = this.#places
    const mask = places.length - 1
    for (let place = (hash << 1) & mask; ; place = (place + 2) & mask) {
      const number = places[place + 1] as number
      if (number === 0) return undefined
      if (places[place] !== hash) continue
      const entry = this.#entries[number - 1] as Entry
      const { literal, isWhole } = entry
      if (isWhole !== (length === EVERYTHING)) continue
      if (literal.length !== (isWhole ? resource.length : length)) continue
      if (isSameFrom(this.#begin, literal, resource) && this.#beginsWell(resource)) return entry
    }
  }
}

/** Whether a literal goes on as a resource does; `startsWith` takes three times as long for a few characters. */
function isSameFrom(begin: number, literal: string, resource: string): boolean {
  for (let i = begin; i < literal.length; i++) {
    if (literal.charCodeAt(i) !== resource.charCodeAt(i)) return false
  }
  return true
}

function hashOf(text: string, seed: number, from: number): number {
  let hash = seed
  for (let at = from; at < text.length; at++) hash = mix(hash, text.charCodeAt(at))
  return hash
}

/** One step of a hash in 32 bits, whose result depends on every bit before. */
function mix(hash: number, code: number): number {
  const mixed = Math.imul(hash ^ code, 0x9e3779b1)
  return mixed ^ (mixed >>> 15)
}
