/**
 * What an allowed handler may read.
 *
 * Shape   kept on Hono's context and, behind `@hono/node-server`, once more on Node's request.
 * Errors  {@link RouteError} (`ERR_ROUTE_INVALID`): no guard has allowed this request.
 *
 * @module
 */
import { type Access, keepAccess, keptAccess, RouteError } from '@iamkit/http'
import type { Context } from 'hono'

/**
 * Principal, decision and loaded object of the request.
 *
 * @example
 * ```ts
 * app.get('/documents/:documentId', can('docs:GetDocument', { resource: loadDocument }), (c) =>
 *   c.json(accessOf<Document>(c).resource),
 * )
 * ```
 */
export function accessOf<T = unknown>(c: Context): Access<T> {
  const access = keptAccess(c)
  if (access === undefined) {
    throw new RouteError(
      `${c.req.method} ${c.req.path}`,
      '`accessOf` is called, but no guard stands before the handler',
    )
  }
  return access as Access<T>
}

/** Keeps what was allowed. */
export function allow(c: Context, access: Access): void {
  keepAccess(c, access)
  const { incoming } = (c.env ?? {}) as { readonly incoming?: unknown }
  if (typeof incoming === 'object' && incoming !== null) keepAccess(incoming, access)
}
