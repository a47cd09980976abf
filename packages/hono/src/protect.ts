/**
 * The route table, installed on the app whose handlers it guards.
 *
 * Shape   each row becomes middleware on a method and path, before the handlers: Hono itself matches it.
 *         Where several rows match a request, each must allow it.
 * Errors  {@link RouteError} (`ERR_ROUTE_INVALID`), at start-up.
 *
 * @module
 */
import { markHandler, RouteError, type TableRow } from '@iamkit/http'
import type { Env, Hono, MiddlewareHandler, Schema } from 'hono'

export function installRows<E extends Env, S extends Schema, B extends string>(
  app: Hono<E, S, B>,
  rows: readonly TableRow[],
  handlerOf: (row: TableRow) => MiddlewareHandler,
): void {
  const head = rows.find(({ method }) => method === 'HEAD')
  if (head) throw new RouteError(`HEAD ${head.path}`, 'Hono answers HEAD by the route of GET')
  for (const row of rows) {
    app.on(row.method, row.path, markHandler(handlerOf(row), { kind: 'row', row }))
  }
}
