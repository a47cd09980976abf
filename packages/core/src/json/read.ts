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
import { cut } from '../errors.js'
import type { JsonLimits, JsonMember, JsonNode, JsonProblem, JsonResult } from './node.js'
import { childPointer } from './pointer.js'

const BLANKS = /[ \t\n\r]*/y
const WORD = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
/** All that a string holds as it is: no control character, no `"`, no `\`, no half of a character. */
const PLAIN = /[ !#-[\]-\ud7ff\ue000-\uffff]*/y
const SPECIAL = /\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4})|[\ud800-\udfff]/y

interface Reader {
  readonly text: string
  readonly limits: JsonLimits
  /** Keys and indices from the document to the value that is being read. */
  readonly path: (string | number)[]
  at: number
  blanks: number
  /** The first problem; behind it the reader stands at the end, where nothing more can be read. */
  problem?: JsonProblem
}

/**
 * Reads one JSON document, in time linear in its length; recursion ends at the depth limit.
 *
 * @example
 * ```ts
 * readJson('{"a": 1, }', limits).problem?.message // 'expected a key in double quotes, met `}`'
 * ```
 */
export function readJson(text: string, limits: JsonLimits): JsonResult {
  const reader: Reader = { text, limits, path: [], at: 0, blanks: 0 }
  if (text.length > limits.length) {
    const message = `expected at most ${limits.length} characters, met ${text.length}`
    stop(reader, message, 'document-too-long')
  }
  const node = readValue(reader)
  if (peek(reader) !== '') expected(reader, 'nothing after the document')
  return reader.problem
    ? { problem: reader.problem }
    : { node, length: text.length - reader.blanks }
}

function readValue(reader: Reader): JsonNode {
  const first = peek(reader)
  const start = reader.at
  if (first === '{') {
    const members = readParts(reader, '}', readMember)
    return { kind: 'object', members, start, end: reader.at }
  }
  if (first === '[') {
    const items = readParts(reader, ']', readAt)
    return { kind: 'array', items, start, end: reader.at }
  }
  if (first === '"') {
    const text = readString(reader)
    return { kind: 'string', text, start, end: reader.at }
  }
  if (!pass(reader, WORD)) expected(reader, 'a value')
  const text = reader.text.slice(start, reader.at)
  const kind = first === 'n' ? 'null' : first === 't' || first === 'f' ? 'boolean' : 'number'
  return { kind, text, start, end: reader.at }
}

/** Reads what stands between two brackets, with commas between the parts. */
function readParts<Part>(
  reader: Reader,
  close: '}' | ']',
  readPart: (reader: Reader, index: number) => Part,
): readonly Part[] {
  const parts: Part[] = []
  const { depth } = reader.limits
  if (reader.path.length >= depth) expected(reader, `at most ${depth} levels`, 'document-too-deep')
  reader.at++
  if (skip(reader, close)) return parts
  do parts.push(readPart(reader, parts.length))
  while (skip(reader, ','))
  if (!skip(reader, close)) expected(reader, `\`,\` or \`${close}\``)
  return parts
}

function readMember(reader: Reader): JsonMember {
  if (peek(reader) !== '"') expected(reader, 'a key in double quotes')
  const start = reader.at
  const key = readString(reader)
  if (!skip(reader, ':')) expected(reader, '`:` after a key')
  return { key, start, node: readAt(reader, key) }
}

function readAt(reader: Reader, step: string | number): JsonNode {
  reader.path.push(step)
  const node = readValue(reader)
  reader.path.pop()
  return node
}

function readString(reader: Reader): string {
  const start = reader.at++
  let isPlain = true
  for (pass(reader, PLAIN); pass(reader, SPECIAL); pass(reader, PLAIN)) isPlain = false
  if (reader.text[reader.at] === '\\') {
    reader.at++
    expected(reader, '`n`, `u0041` or another escape after `\\`')
  }
  if (reader.text[reader.at] !== '"') expected(reader, '`"` at the end of a string')
  if (reader.problem) return ''
  reader.at++

  const token = reader.text.slice(start, reader.at)
  if (isPlain) return token.slice(1, -1)
  const value = JSON.parse(token) as string
  const [surrogate] = /\p{Cs}/u.exec(value) ?? []
  if (surrogate !== undefined) {
    reader.at = start
    stop(reader, `expected valid Unicode, met the lone surrogate \`${cut(surrogate)}\``)
  }
  return value
}

/** The first character behind any blanks; empty at the end of the text. */
function peek(reader: Reader): string {
  const char = reader.text.charAt(reader.at)
  if (char > ' ') return char
  const start = reader.at
  pass(reader, BLANKS)
  reader.blanks += reader.at - start
  return reader.text.charAt(reader.at)
}

/** Whether that character comes next; reading goes on behind it then. */
function skip(reader: Reader, char: string): boolean {
  if (peek(reader) !== char) return false
  reader.at++
  return true
}

/** Whether a sticky pattern matches here; reading goes on behind what it matches. */
function pass(reader: Reader, pattern: RegExp): boolean {
  pattern.lastIndex = reader.at
  if (!pattern.test(reader.text)) return false
  reader.at = pattern.lastIndex
  return true
}

function expected(reader: Reader, what: string, code?: JsonProblem['code']): void {
  const point = reader.text.codePointAt(reader.at)
  const met = point === undefined ? 'the end' : `\`${cut(String.fromCodePoint(point))}\``
  stop(reader, `expected ${what}, met ${met}`, code)
}

function stop(
  reader: Reader,
  message: string,
  code: JsonProblem['code'] = 'json-syntax-error',
): void {
  const pointer = reader.path.reduce<string>(childPointer, '')
  reader.problem ??= { code, message, pointer, offset: reader.at }
  reader.at = reader.text.length
}
