/**
 * What an allowed handler may read.
 *
 * Shape   kept on the context itself and on Node's request, and once more as `ctx.state.iam`, which types it.
 * Errors  {@link RouteError} (`ERR_ROUTE_INVALID`): no guard has allowed this request.
 *
 * @module
 */
import { type Access, keepAccess, keptAccess, RouteError } from '@iamkit/http'

/** What the guard adds to a context's state. `T` is what the route's loader finds. */
export interface AccessState<T = unknown> {
  iam: Access<T>
}

/** The little of a context that an access is kept on. */
export interface AccessContext<T = unknown> {
  readonly method: string
  readonly path: string
  readonly state: AccessState<T>
}

/**
 * Principal, decision and loaded object of the request.
 *
 * @example
 * ```ts
 * router.get('/documents/:documentId', can('docs:GetDocument', { resource: loadDocument }), (ctx) => {
 *   ctx.body = accessOf(ctx).resource
 * })
 * ```
 */
export function accessOf<T>(ctx: AccessContext<T>): Access<T> {
  const access = keptAccess(ctx)
  if (access === undefined) {
    throw new RouteError(
      `${ctx.method} ${ctx.path}`,
      '`accessOf` is called, but no guard stands before the handler',
    )
  }
  return access as Access<T>
}

/** Keeps what was allowed. What the state holds is for the types; {@link accessOf} does not believe it. */
export function allow(ctx: AccessContext & { readonly req: object }, access: Access): void {
  keepAccess(ctx, access)
  keepAccess(ctx.req, access)
  ctx.state.iam = access
}
