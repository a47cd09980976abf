/**
 * JSON from a client → a value, within bounds.
 *
 * Shape   no object has a key twice: readers keep the first or the last, and differ.
 * Units   at most 64 levels and 200,000 values.
 * Errors  {@link Fault}: `SerializationException`.
 *
 * @module
 */
import { Fault } from '../fault.js'

const MAX_DEPTH = 64
const MAX_VALUES = 200_000

export function readJsonText(text: string): unknown {
  const members = countMembers(text)
  const value = parse(text)
  if (countKeys(value) !== members) throw unreadable('a key stands twice in one object')
  return value
}

export function unreadable(problem: string): Fault {
  return new Fault('SerializationException', `The request body cannot be read: ${problem}.`, 400)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw unreadable('it is not JSON')
  }
}

/** Colons outside of texts, if the text is JSON; it goes over it once, before anything is built. */
function countMembers(text: string): number {
  let members = 0
  let values = 0
  let depth = 0
  for (let i = 0; i < text.length; i += 1) {
    const character = text.charCodeAt(i)
    if (character === 0x22) i = endOfString(text, i)
    else if (character === 0x3a) members += 1
    else if (character === 0x2c) values += 1
    else if (character === 0x7b || character === 0x5b) depth += 1
    else if (character === 0x7d || character === 0x5d) depth -= 1
    if (depth > MAX_DEPTH) throw unreadable(`it has more than ${MAX_DEPTH} levels`)
    if (values + members > MAX_VALUES) throw unreadable(`it has more than ${MAX_VALUES} values`)
  }
  return members
}

/** The place of the quotation mark that ends the string; the end of the text where there is none. */
function endOfString(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i += 1) {
    const character = text.charCodeAt(i)
    if (character === 0x5c) i += 1
    else if (character === 0x22) return i
  }
  return text.length
}

function countKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + countKeys(item), 0)
  const items = Object.values(value)
  return items.reduce<number>((sum, item) => sum + countKeys(item), items.length)
}
