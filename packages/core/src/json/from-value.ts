/**
 * Reads a JavaScript value into the same tree as JSON text, and never trusts it.
 *
 * Shape   what JSON can say: null, booleans, finite numbers, strings of valid Unicode, arrays, and plain
 *         objects by their own enumerable string keys. A member that is undefined is
 *         refused: `Condition: undefined` left out would turn a conditional Allow into a plain one.
 * Units   the length limit counts nodes; depth counts nested objects and arrays, inclusive.
 * Errors  None is thrown, whatever a getter or a proxy does. {@link jsonFromValue} gives
 *         `json-syntax-error`, `document-too-long` or `document-too-deep` as a problem.
 * Source  ECMA-262, JSON.stringify; stricter, because what it drops in silence is a problem here.
 *
 * @module
 */
import type { JsonLimits, JsonMember, JsonNode, JsonProblem, JsonResult } from './node.js'
import { isPlainObject } from './plain-object.js'
import { childPointer } from './pointer.js'
import { loneSurrogate } from './surrogate.js'

const NOWHERE = { start: -1, end: -1 }

interface Walk {
  readonly limits: JsonLimits
  /** Keys and indices from the document to the value that is being read. */
  readonly path: (string | number)[]
  nodes: number
}

/** Reads a value; a cycle ends at the depth limit. */
export function jsonFromValue(value: unknown, limits: JsonLimits): JsonResult {
  const walk: Walk = { limits, path: [], nodes: 0 }
  try {
    return readValue(walk, value)
  } catch {
    return refuse(walk, 'expected a value that can be read, met an error while reading it')
  }
}

function readValue(walk: Walk, value: unknown): JsonResult {
  walk.nodes++
  if (walk.nodes > walk.limits.length) {
    return refuse(
      walk,
      `expected at most ${walk.limits.length} values, met more`,
      'document-too-long',
    )
  }
  if (value === null) return { node: { kind: 'null', ...NOWHERE } }
  if (typeof value === 'boolean') return { node: { kind: 'boolean', value, ...NOWHERE } }
  if (typeof value === 'string') {
    return refuseSurrogate(walk, value) ?? { node: { kind: 'string', value, ...NOWHERE } }
  }
  if (typeof value === 'object') return readContainer(walk, value)
  if (typeof value !== 'number') {
    return refuse(walk, `expected a JSON value, met one of type \`${typeof value}\``)
  }
  if (!Number.isFinite(value)) return refuse(walk, `expected a finite number, met \`${value}\``)
  return { node: { kind: 'number', text: String(value), ...NOWHERE } }
}

function readContainer(walk: Walk, value: object): JsonResult {
  const { depth } = walk.limits
  if (walk.path.length >= depth) {
    return refuse(walk, `expected at most ${depth} levels, met another`, 'document-too-deep')
  }
  if (Array.isArray(value)) return readItems(walk, value)
  if (isPlainObject(value)) return readMembers(walk, value)
  return refuse(walk, 'expected a plain object or an array, met an object of another kind')
}

function readItems(walk: Walk, values: readonly unknown[]): JsonResult {
  const items: JsonNode[] = []
  const { length } = values
  for (let index = 0; index < length; index++) {
    walk.path.push(index)
    const { node, problem } = readValue(walk, values[index])
    if (problem) return { problem }
    items.push(node)
    walk.path.pop()
  }
  return { node: { kind: 'array', items, ...NOWHERE } }
}

function readMembers(walk: Walk, values: Readonly<Record<string, unknown>>): JsonResult {
  const members: JsonMember[] = []
  for (const key of Object.keys(values)) {
    const refused = refuseSurrogate(walk, key)
    if (refused) return refused
    walk.path.push(key)
    const { node, problem } = readValue(walk, values[key])
    if (problem) return { problem }
    members.push({ key, keyStart: -1, node })
    walk.path.pop()
  }
  return { node: { kind: 'object', members, ...NOWHERE } }
}

function refuseSurrogate(walk: Walk, text: string): JsonResult | undefined {
  const surrogate = loneSurrogate(text)
  if (surrogate === undefined) return undefined
  return refuse(walk, `expected valid Unicode, met the lone surrogate ${surrogate}`)
}

function refuse(
  walk: Walk,
  message: string,
  code: JsonProblem['code'] = 'json-syntax-error',
): JsonResult {
  const pointer = walk.path.reduce<string>(childPointer, '')
  return { problem: { code, message, pointer, offset: -1 } }
}
