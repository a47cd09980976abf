/**
 * An app within an app, so that both are covered.
 *
 * Errors  None.
 *
 * @module
 */
import { markHandler } from '@iamkit/http'
import type Koa from 'koa'
import type { Middleware } from 'koa'

type Compose = (middleware: readonly Middleware[]) => Middleware

/**
 * Lets `assertCovered` look into an app that another one uses: `app.use(covered(adminApp))`. Its routers bear
 * the prefix themselves: what cuts it off, such as `koa-mount`, is a function that nobody can look into.
 */
export function covered(app: Koa): Middleware {
  const { compose } = app as unknown as { readonly compose: Compose }
  const run = compose(app.middleware as readonly Middleware[])
  return markHandler<Middleware>((ctx, next) => run(ctx, next), { kind: 'covered', app })
}
