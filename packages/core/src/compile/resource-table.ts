/**
 * Many resource patterns, found by the hash of their literal beginnings: a decision costs one walk over the
 * resource and at most one look-up for each length that a literal has, however many patterns there are.
 *
 * Shape   open addressing over plain lists of numbers, so that a look-up touches memory once where it finds
 *         nothing, and twice where what it finds has nothing left to ask. What all literals begin with is not
 *         hashed, and compared where the rest is met.
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
import {
  applies,
  asksNoMore,
  createRow,
  type Find,
  findAmong,
  type Row,
  type RowList,
} from './row.js'

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

interface Question {
  readonly request: AuthorizationRequest
  readonly context: RequestContext
}

/** A literal, and one of the statements that have it: the others hang on that one. */
interface Entry {
  readonly literal: string
  /** Whether a resource must be the literal; else it begins with it. */
  readonly isWhole: boolean
  row: Row
}

type Entries = Map<string, Entry>

function addTo(entries: Entries, { kind, literal }: ResourcePattern, row: Row): void {
  const isWhole = kind === 'exact'
  const key = isWhole ? `=${literal}` : `^${literal}`
  const known = entries.get(key)
  if (!known) entries.set(key, { literal, isWhole, row })
  else if (asksNoMore(known.row)) {
    row.next = known.row.next
    known.row.next = row
  } else {
    row.next = known.row
    known.row = row
  }
}

/** Tells the hash of a whole resource from that of a beginning. */
const WHOLE = 0x5bd1e995
/** Instead of a character: several, or the one that would stand for none. */
const ANY = 0xffff

/** A class, because engines see through its fields, and not through those of many closures. */
class LiteralTable {
  /** By literal; what else has a literal hangs on its row. */
  readonly #rows: Row[] = []
  /** Two numbers a place: a hash, and where the record of a literal stands, or 0. */
  readonly #places: Int32Array
  /**
   * What a look-up reads of a literal, in one piece: the number of its row and one, negative where nothing more is
   * asked; its length, negative where it is whole; its characters, but for those that all begin with.
   */
  readonly #records: Int32Array
  /** By length: the character in which the beginnings of this length end, or {@link ANY}; 0 where there are none. */
  readonly #ends: Uint16Array
  /** The same of literals that a resource must be. */
  readonly #wholeEnds: Uint16Array
  readonly #begin: number
  /** Made of all literals: who writes some of them cannot choose it, and so not which ones have one hash. */
  readonly #seed: number
  readonly #beginsWell: (resource: string) => boolean

  constructor(entries: readonly Entry[]) {
    const literals = entries.map(({ literal }) => literal)
    const beginning = literals.reduce(commonBeginning)
    this.#begin = beginning.length
    this.#beginsWell = compilePrefix(beginning)
    this.#seed = literals.reduce((seed, literal) => hashOf(literal, seed, 0), 0)
    const longest = literals.reduce((most, { length }) => Math.max(most, length), 0)
    this.#ends = new Uint16Array(longest + 1)
    this.#wholeEnds = new Uint16Array(longest + 1)
    this.#places = new Int32Array(2 ** (33 - Math.clz32(2 * entries.length)))
    const records: number[] = [0]
    for (const entry of entries) this.#put(entry, records)
    this.#records = new Int32Array(records)
  }

  #put({ literal, isWhole, row }: Entry, records: number[]): void {
    const { length } = literal
    const number = this.#rows.push(row)
    const places = this.#places
    const mask = places.length - 1
    const hash = hashOf(literal, this.#seed, this.#begin) ^ (isWhole ? WHOLE : 0)
    let place = (hash << 1) & mask
    while (places[place + 1] !== 0) place = (place + 2) & mask
    places[place] = hash
    places[place + 1] = records.length
    records.push(asksNoMore(row) ? -number : number, isWhole ? -length : length)
    for (let at = this.#begin; at < length; at++) records.push(literal.charCodeAt(at))
    const ends = isWhole ? this.#wholeEnds : this.#ends
    const last = literal.charCodeAt(length - 1) || ANY
    ends[length] = ends[length] === 0 || ends[length] === last ? last : ANY
  }

  find(request: AuthorizationRequest, context: RequestContext, into?: RowList): boolean {
    const { resource } = request
    if (resource.length < this.#begin) return false
    const ends = this.#ends
    let hash = this.#seed
    let last = resource.charCodeAt(this.#begin - 1)
    for (let at = this.#begin; at < ends.length; at++) {
      const end = ends[at]
      if (end === last || end === ANY) {
        const found = this.#look(hash, resource, at)
        if (found < 0 && into === undefined) return true
        if (found !== 0 && this.#asks(found, { request, context }, into)) return true
      }
      if (at === resource.length) {
        const wholeEnd = this.#wholeEnds[at]
        if (wholeEnd !== last && wholeEnd !== ANY) return false
        const found = this.#look(hash ^ WHOLE, resource, -at)
        if (found < 0 && into === undefined) return true
        return found !== 0 && this.#asks(found, { request, context }, into)
      }
      last = resource.charCodeAt(at)
      hash = mix(hash, last)
    }
    return false
  }

  #asks(found: number, { request, context }: Question, into?: RowList): boolean {
    let row = this.#rows[Math.abs(found) - 1]
    for (; row !== undefined; row = row.next) {
      if (!applies(row, request, context)) continue
      if (into === undefined) return true
      into.push(row)
    }
    return false
  }

  /** The number that is recorded for so many characters of a resource, or for minus all of them; 0 where none is. */
  #look(hash: number, resource: string, length: number): number {
    const places = this.#places
    const mask = places.length - 1
    for (let place = (hash << 1) & mask; ; place = (place + 2) & mask) {
      const record = places[place + 1] as number
      if (record === 0) return 0
      if (places[place] === hash && this.#isRecorded(record, resource, length)) {
        return this.#records[record] as number
      }
    }
  }

  #isRecorded(record: number, resource: string, length: number): boolean {
    const records = this.#records
    if (records[record + 1] !== length) return false
    const begin = this.#begin
    const end = Math.abs(length)
    for (let at = begin, next = record + 2; at < end; at++, next++) {
      if (records[next] !== resource.charCodeAt(at)) return false
    }
    return this.#beginsWell(resource)
  }
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
