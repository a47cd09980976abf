/**
 * Koa's context → the little that iamkit reads of it.
 *
 * Shape   the parameters are the router's own. It joins what a wildcard matched; here that is a list again,
 *         as other frameworks give it, and no list fills an ARN.
 * Errors  core's `RequestError` (`ERR_REQUEST_INVALID`) from `params`: an escape that is none. A plain `Error` where the
 *         caller has gone; Koa answers 500 to nobody.
 * Source  `@koa/router`, `Layer.params`, versions 13 to 15: an escape that cannot be decoded stays as it is.
 *
 * @module
 */
import { RequestError } from '@iamkit/core'
import type { HttpRequest } from '@iamkit/http'
import { nodeRequest } from '@iamkit/http/node'
import type { Context } from 'koa'

/** What the router and a parser add to a context. */
interface Matched {
  readonly params?: Readonly<Record<string, string>>
  /** What the route's path has matched, before it was decoded. */
  readonly captures?: readonly (string | undefined)[]
  readonly request: { readonly body?: unknown }
}

/** `method`: the one of the row or route that asks, whatever the request calls itself meanwhile. */
export function httpRequest(ctx: Context, method?: string): HttpRequest {
  const { request } = ctx as Matched
  return nodeRequest(ctx.req, {
    method,
    params: () => checkedParams(ctx),
    query: () => ctx.query,
    body: request.body,
    source: ctx,
  })
}

/** Refuses an escape that no one can read, and that Koa's router passes on as text. */
function checkedParams(ctx: Context): Readonly<Record<string, unknown>> {
  const { captures = [] } = ctx as Matched
  if (!isDecodable(ctx.path) || !captures.every(isDecodable)) {
    throw new RequestError('path', 'holds an escape that is none')
  }
  return paramsOf(ctx as Matched)
}

function isDecodable(text = ''): boolean {
  if (!text.includes('%')) return true
  try {
    decodeURIComponent(text)
    return true
  } catch {
    return false
  }
}

function paramsOf({ params = {}, captures = [] }: Matched): Readonly<Record<string, unknown>> {
  if (!captures.some((capture) => capture?.includes('/'))) return params
  const entries = Object.entries(params).map(([name, value]) => [
    name,
    value.includes('/') ? value.split('/') : value,
  ])
  return Object.fromEntries(entries)
}
