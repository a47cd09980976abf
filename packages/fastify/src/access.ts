/**
 * What an allowed handler may read.
 *
 * Shape   kept on Fastify's request, and once more on Node's.
 * Errors  {@link RouteError} (`ERR_ROUTE_INVALID`): no guard has allowed this request.
 *
 * @module
 */
import { type Access, keepAccess, keptAccess, RouteError } from '@iamkit/http'
import type { MatchedRequest } from './http-request.js'

/**
 * Principal, decision and loaded object of the request.
 *
 * @example
 * ```ts
 * const preHandler = can('docs:GetDocument', { resource: loadDocument })
 * app.get('/documents/:documentId', { preHandler }, (request) => accessOf<Document>(request).resource)
 * ```
 */
export function accessOf<T = unknown>(request: MatchedRequest): Access<T> {
  const access = keptAccess(request)
  if (access === undefined) {
    throw new RouteError(
      `${request.raw.method} ${request.raw.url?.replace(/[?].*/s, '')}`,
      '`accessOf` is called, but no guard stands before the handler',
    )
  }
  return access as Access<T>
}

/** Keeps what was allowed. */
export function allow(request: MatchedRequest, access: Access): void {
  keepAccess(request, access)
  keepAccess(request.raw, access)
}
