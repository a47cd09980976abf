/**
 * What an allowed handler may read.
 *
 * Errors  {@link RouteError} (`ERR_ROUTE_INVALID`): no guard has allowed this request.
 *
 * @module
 */
import type { IncomingMessage } from 'node:http'
import { type Access, keptAccess, RouteError } from '@iamkit/http'

/**
 * Principal, decision and loaded object of the request.
 *
 * @example
 * ```ts
 * app.get('/documents/:documentId', can('docs:GetDocument', { resource: loadDocument }), (req, res) => {
 *   res.json(accessOf<Document>(req).resource)
 * })
 * ```
 */
export function accessOf<T = unknown>(req: IncomingMessage): Access<T> {
  const access = keptAccess(req)
  if (access === undefined) {
    throw new RouteError(
      `${req.method} ${req.url?.replace(/[?].*/s, '')}`,
      '`accessOf` is called, but no guard stands before the handler',
    )
  }
  return access as Access<T>
}
