/**
 * Reads JSON text into a tree that keeps every place, every digit and every repeated key.
 *
 * Shape   one strict JSON value with blanks around it: no comments, no trailing commas, no byte order
 *         mark. Strings hold valid Unicode only.
 * Units   lengths and offsets count UTF-16 code units; depth counts nested objects and arrays, inclusive.
 * Errors  None is thrown. {@link readJson} gives `json-syntax-error`, `document-too-long` or
 *         `document-too-deep` as a problem.
 * Source  RFC 8259; on lone surrogates stricter than its section 8.2.
 *
 * @module
 */
import type { JsonLimits, JsonMember, JsonNode, JsonProblem, JsonResult } from './node.js'
import { childPointer } from './pointer.js'
import { loneSurrogate } from './surrogate.js'

const BLANKS = /[ \t\n\r]*/y
const WORD = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
/** All that a string holds as it is: no control character, no `"`, no `\`. */
const PLAIN = /[ !#-[\]-\uffff]*/y
const ESCAPE = /["\\/bfnrt]|u[\dA-Fa-f]{4}/y

interface Reader {
  readonly text: string
  readonly depth: number
  /** The containers around the value that is being read, outermost first. */
  readonly open: Container[]
  at: number
  problem: JsonProblem | undefined
}

/** An object or an array that has not ended. */
type Container =
  | { readonly kind: 'array'; readonly start: number; readonly items: JsonNode[] }
  | {
      readonly kind: 'object'
      readonly start: number
      readonly members: JsonMember[]
      /** Of the member that is being read. */
      key: string
      keyStart: number
    }

/**
 * Reads one JSON document, in time linear in its length, to any depth without recursion.
 *
 * @example
 * ```ts
 * readJson('{"a": 1, }', limits).problem?.message // 'expected a key in double quotes, met `}`'
 * ```
 */
export function readJson(text: string, limits: JsonLimits): JsonResult {
  const reader: Reader = { text, depth: limits.depth, open: [], at: 0, problem: undefined }
  if (text.length > limits.length) {
    const message = `expected at most ${limits.length} characters, met ${text.length}`
    stop(reader, message, 'document-too-long')
  }
  while (!reader.problem) {
    let node = readValue(reader)
    while (node) {
      const container = reader.open.pop()
      if (!container && peek(reader) === '') return { node }
      node = container
        ? readOn(reader, container, node)
        : expected(reader, 'nothing after the document')
    }
  }
  return { problem: reader.problem }
}

/** Reads a whole value, or the beginning of a container; then the next value is its first part. */
function readValue(reader: Reader): JsonNode | undefined {
  const first = peek(reader)
  const start = reader.at
  if (first === '{') {
    return begin(reader, { kind: 'object', start, members: [], key: '', keyStart: -1 })
  }
  if (first === '[') return begin(reader, { kind: 'array', start, items: [] })
  if (first === '"') {
    const value = readString(reader)
    return value === undefined ? undefined : { kind: 'string', value, start, end: reader.at }
  }
  const text = take(reader, WORD)
  const end = reader.at
  if (text === '') return expected(reader, 'a value')
  if (text === 'null') return { kind: 'null', start, end }
  if (text === 'true' || text === 'false') {
    return { kind: 'boolean', value: text === 'true', start, end }
  }
  return { kind: 'number', text, start, end }
}

function begin(reader: Reader, container: Container): JsonNode | undefined {
  if (reader.open.length >= reader.depth) {
    return expected(reader, `at most ${reader.depth} levels`, 'document-too-deep')
  }
  reader.at++
  if (peek(reader) === closing(container)) return close(reader, container)
  return beginPart(reader, container)
}

/** Reads up to the value of a member or an item, and leaves the container open for it. */
function beginPart(reader: Reader, container: Container): undefined {
  if (container.kind === 'object') {
    if (peek(reader) !== '"') return expected(reader, 'a key in double quotes')
    container.keyStart = reader.at
    const key = readString(reader)
    if (key === undefined) return undefined
    container.key = key
    if (peek(reader) !== ':') return expected(reader, '`:` after a key')
    reader.at++
  }
  reader.open.push(container)
  return undefined
}

/** Puts a finished value into its container, and reads on to the next part or to the end. */
function readOn(reader: Reader, container: Container, node: JsonNode): JsonNode | undefined {
  if (container.kind === 'array') container.items.push(node)
  else container.members.push({ key: container.key, keyStart: container.keyStart, node })

  const next = peek(reader)
  const end = closing(container)
  if (next === end) return close(reader, container)
  if (next !== ',') {
    return expected(reader, `\`,\` or \`${end}\` after ${end === '}' ? 'a member' : 'an item'}`)
  }
  reader.at++
  return beginPart(reader, container)
}

function closing(container: Container): string {
  return container.kind === 'object' ? '}' : ']'
}

function close(reader: Reader, container: Container): JsonNode {
  const { start } = container
  reader.at++
  return container.kind === 'object'
    ? { kind: 'object', members: container.members, start, end: reader.at }
    : { kind: 'array', items: container.items, start, end: reader.at }
}

function readString(reader: Reader): string | undefined {
  const start = reader.at
  let plain = true
  reader.at++
  take(reader, PLAIN)
  while (reader.text[reader.at] === '\\') {
    plain = false
    reader.at++
    if (!take(reader, ESCAPE)) return expected(reader, '`n`, `u0041` or another escape after `\\`')
    take(reader, PLAIN)
  }
  if (reader.text[reader.at] !== '"') return expected(reader, '`"` at the end of a string')
  reader.at++

  const token = reader.text.slice(start, reader.at)
  const value = plain ? token.slice(1, -1) : (JSON.parse(token) as string)
  const surrogate = loneSurrogate(value)
  if (surrogate === undefined) return value
  reader.at = start
  return stop(reader, `expected valid Unicode, met the lone surrogate ${surrogate}`)
}

/** The first character behind any blanks; empty at the end of the text. */
function peek(reader: Reader): string {
  take(reader, BLANKS)
  return reader.text[reader.at] ?? ''
}

/** What a sticky pattern matches here; reading goes on behind it. */
function take(reader: Reader, pattern: RegExp): string {
  pattern.lastIndex = reader.at
  const taken = pattern.exec(reader.text)?.[0] ?? ''
  reader.at += taken.length
  return taken
}

function expected(reader: Reader, what: string, code?: JsonProblem['code']): undefined {
  const point = reader.text.codePointAt(reader.at)
  const met =
    point === undefined
      ? 'the end'
      : point > 0x20 && point < 0x7f
        ? `\`${String.fromCodePoint(point)}\``
        : `U+${point.toString(16).toUpperCase().padStart(4, '0')}`
  return stop(reader, `expected ${what}, met ${met}`, code)
}

function stop(
  reader: Reader,
  message: string,
  code: JsonProblem['code'] = 'json-syntax-error',
): undefined {
  const pointer = reader.open.reduce(
    (path, container) =>
      childPointer(path, container.kind === 'object' ? container.key : container.items.length),
    '',
  )
  reader.problem = { code, message, pointer, offset: reader.at }
  return undefined
}
