/**
 * The app of the exchanges on Hono, for any runtime.
 *
 * Errors  `CoverageError` at start-up, if a route were open.
 *
 * @module
 */
import { guard, type ReadConnection } from '@iamkit/hono'
import { keptAccess } from '@iamkit/http'
import type { Context, Hono, MiddlewareHandler } from 'hono'
import { createDocsIam } from '../docs.js'
import { type AppRoute, answerOf, OPEN_API, ROUTES, TABLE } from '../routes.js'
import { BODY_LIMIT, type Seen } from './served.js'

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' }

export interface HonoSettings {
  readonly seen: Seen
  readonly connection: ReadConnection
}

export function honoApp(App: typeof Hono, { seen, connection }: HonoSettings): Hono {
  const iam = createDocsIam(seen.faults)
  const options = { connection, bodyLimit: BODY_LIMIT }
  const { can, protect, publicRoute, errors, assertCovered } = guard(iam, options)
  const app = new App()
  app.notFound((c) => c.body('{"error":"nothing here"}', 404, JSON_TYPE))
  app.onError(
    errors((error, c) => {
      const status = 'status' in error ? Number(error.status) : 500
      return c.body(JSON.stringify({ error: status }), status as 500, JSON_TYPE)
    }),
  )
  protect(app, TABLE)
  protect(app, OPEN_API)
  for (const route of ROUTES) {
    const guards = route.reason
      ? [publicRoute(route.reason)]
      : route.action
        ? [can(route.action, route.options as never) as MiddlewareHandler]
        : []
    app.on(route.method, [route.path], ...guards, handlerOf(route, seen))
  }
  assertCovered(app, { print: () => {} })
  return app
}

function handlerOf(route: AppRoute, { ran }: Seen) {
  return (c: Context) => {
    ran.push(route.name)
    return c.body(JSON.stringify(answerOf(route, keptAccess(c))), 200, JSON_TYPE)
  }
}
