/**
 * Hono's request → the little that iamkit reads of it.
 *
 * Shape   a field that cannot be read throws where the guard reads it, so that the guard answers.
 * Errors  core's `RequestError` (`ERR_REQUEST_INVALID`): an escape that is none, an encoded `/` that Hono
 *         has joined with others, a body that is no JSON.
 *
 * @module
 */
import { RequestError } from '@iamkit/core'
import type { HttpRequest } from '@iamkit/http'
import type { Context } from 'hono'
import type { Connection, ReadConnection } from './connection.js'

/** `body`: the text as it came, where the route's functions may look at it. */
export function httpRequest(c: Context, read: ReadConnection, body?: string): HttpRequest {
  let known: Connection | undefined
  const connection = (): Connection => {
    known ??= read(c)
    return known
  }
  return {
    method: c.req.method,
    get params() {
      return checkedParams(c)
    },
    get query() {
      return queryOf(c)
    },
    headers: (name) => connection().headers?.(name) ?? joinedHeader(c, name),
    get body() {
      return body === undefined ? undefined : readJson(body)
    },
    get remoteAddress() {
      return addressOf(connection())
    },
    get isSecure() {
      return connection().isSecure
    },
    source: c,
  }
}

function addressOf({ remoteAddress }: Connection): string | undefined {
  if (remoteAddress === undefined) throw new Error('the connection has no address')
  return remoteAddress ?? undefined
}

/** Hono passes a malformed escape on, and no longer tells an encoded `/` in a value from a separator. */
function checkedParams(c: Context): Readonly<Record<string, unknown>> {
  const [path = ''] = c.req.url.split(/[?#]/, 1)
  if (path.includes('%') && !isWellEscaped(path)) {
    throw new RequestError('path', 'holds an escape that is none')
  }
  const params: Readonly<Record<string, unknown>> = c.req.param()
  if (!path.includes('%')) return params
  const joined = Object.keys(params).find((name) => String(params[name]).includes('/'))
  if (joined !== undefined && /%2f/i.test(path)) {
    throw new RequestError(joined, 'must not hold an escaped `/`')
  }
  return params
}

function isWellEscaped(text: string): boolean {
  try {
    return decodeURIComponent(text) !== ''
  } catch {
    return false
  }
}

/** Text where a parameter is given once, else a list. */
function queryOf(c: Context): Readonly<Record<string, unknown>> {
  const entries = Object.entries(c.req.queries())
  const query = entries.map(([name, values]) => [name, values.length === 1 ? values[0] : values])
  return Object.assign(Object.create(null), Object.fromEntries(query))
}

function joinedHeader(c: Context, name: string): readonly string[] {
  const value = c.req.raw.headers.get(name)
  return value === null ? [] : [value]
}

function readJson(text: string): unknown {
  if (text.trim() === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    throw new RequestError('body', 'must be JSON')
  }
}
