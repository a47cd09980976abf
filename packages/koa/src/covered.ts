/**
 * An app within an app, so that both are covered.
 *
 * Errors  {@link RouteError} (`ERR_ROUTE_INVALID`) from {@link covered}: what is used is no app.
 *
 * @module
 */
import { markHandler, RouteError } from '@iamkit/http'
import type Koa from 'koa'
import type { Middleware } from 'koa'

type Compose = (middleware: readonly Middleware[]) => Middleware

/**
 * Lets `assertCovered` look into an app that another one uses: `app.use(covered(adminApp))`. Its routers bear
 * the prefix themselves: what cuts it off, such as `koa-mount`, is a function that nobody can look into.
 */
export function covered(app: Koa): Middleware {
  const { compose } = Object(app) as { readonly compose?: Compose }
  if (compose === undefined) {
    throw new RouteError('covered', 'not a Koa app; a router is used as `app.use(router.routes())`')
  }
  const run = compose(app.middleware as readonly Middleware[])
  return markHandler<Middleware>((ctx, next) => run(ctx, next), { kind: 'covered', app })
}
