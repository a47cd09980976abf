/**
 * Fastify's request → the little that iamkit reads of it.
 *
 * Errors  core's `RequestError` (`ERR_REQUEST_INVALID`) from `params`: an encoded `/` that a wildcard has
 *         joined with others. A plain `Error` where the caller has gone; the guard refuses with 500.
 *
 * @module
 */
import type { IncomingMessage } from 'node:http'
import { RequestError } from '@iamkit/core'
import type { HttpRequest } from '@iamkit/http'
import { nodeRequest } from '@iamkit/http/node'

/** What the guard reads of a Fastify request, over HTTP/1 and HTTP/2. */
export interface MatchedRequest {
  readonly raw: Pick<IncomingMessage, 'method' | 'url' | 'rawHeaders'>
  readonly params: unknown
  readonly query: unknown
  readonly body: unknown
}

type Parameters = Readonly<Record<string, unknown>>

export function httpRequest(request: MatchedRequest): HttpRequest {
  const { raw, body } = request
  return nodeRequest(raw as IncomingMessage, {
    params: () => checkedParams((request.params ?? {}) as Parameters, raw.url ?? ''),
    query: () => (request.query ?? {}) as Parameters,
    body,
    source: request,
  })
}

/** In what a wildcard binds, an encoded `/` can no longer be told from a separator. */
function checkedParams(params: Parameters, url: string): Parameters {
  const [path = ''] = url.split(/[?#]/, 1)
  if (String(params['*']).includes('/') && /%2f/i.test(path)) {
    throw new RequestError('*', 'must not hold an escaped `/`')
  }
  return params
}
