/**
 * Reads a JavaScript value by way of the JSON text that it stands for, and never trusts it.
 *
 * Shape   what JSON can say: null, booleans, finite numbers, strings of valid Unicode, arrays, and plain
 *         objects by their own enumerable string keys. A member that is undefined is
 *         refused: `Condition: undefined` left out would turn a conditional Allow into a plain one.
 * Units   the length limit counts values; depth counts nested objects and arrays, inclusive.
 * Errors  None is thrown, whatever a getter or a proxy does. {@link jsonFromValue} gives
 *         `json-syntax-error`, `document-too-long` or `document-too-deep` as a problem.
 * Source  ECMA-262, JSON.stringify; stricter, because what it drops in silence is a problem here.
 *
 * @module
 */
import type { JsonLimits, JsonProblem, JsonResult } from './node.js'
import { isPlainObject } from './plain-object.js'
import { childPointer } from './pointer.js'
import { readJson } from './read.js'

interface Walk {
  readonly limits: JsonLimits
  /** Keys and indices from the document to the value that is being printed. */
  readonly path: (string | number)[]
  /** Values met so far. */
  count: number
  refusal: Pick<JsonProblem, 'code' | 'message'>
}

/** Reads a value; a cycle ends at the depth limit. Places are those in its text without blanks. */
export function jsonFromValue(value: unknown, limits: JsonLimits): JsonResult {
  const walk: Walk = { limits, path: [], count: 1, refusal: UNREADABLE }
  try {
    return readJson(print(walk, value), { ...limits, length: Number.POSITIVE_INFINITY })
  } catch {
    const pointer = walk.path.reduce<string>(childPointer, '')
    return { problem: { ...walk.refusal, pointer, offset: -1 } }
  }
}

/** What a getter or a proxy that throws comes to. */
const UNREADABLE: Walk['refusal'] = {
  code: 'json-syntax-error',
  message: 'expected a value that can be read, met an error while reading it',
}

function print(walk: Walk, value: unknown): string {
  if (Array.isArray(value)) {
    return `[${Array.from({ length: value.length }, (_, i) => printAt(walk, value, i)).join()}]`
  }
  if (isPlainObject(value)) {
    const printMember = (key: string) => `${JSON.stringify(key)}:${printAt(walk, value, key)}`
    return `{${Object.keys(value).map(printMember).join()}}`
  }
  const isScalar = value === null || typeof value === 'string' || typeof value === 'boolean'
  if (isScalar || Number.isFinite(value)) return JSON.stringify(value)
  const kind = `\`${typeof value === 'number' ? value : typeof value}\``
  const met = typeof value === 'object' ? 'an object of another kind' : kind
  return refuse(walk, `plain data, met ${met}`)
}

function printAt(walk: Walk, holder: object, step: string | number): string {
  const { path, limits } = walk
  walk.count++
  if (path.length >= limits.depth)
    refuse(walk, `at most ${limits.depth} levels, met another`, 'document-too-deep')
  if (walk.count > limits.length)
    refuse(walk, `at most ${limits.length} values, met more`, 'document-too-long')
  path.push(step)
  const text = print(walk, Reflect.get(holder, step))
  path.pop()
  return text
}

function refuse(
  walk: Walk,
  expected: string,
  code: JsonProblem['code'] = 'json-syntax-error',
): never {
  walk.refusal = { code, message: `expected ${expected}` }
  throw new Error(code)
}
