/**
 * The route table, installed on the router whose handlers it guards.
 *
 * Shape   each row becomes a route of the router, before those of the handlers: the router itself matches it.
 *         Koa's router matches once, before any handler runs, so each method of a row is a route of its own:
 *         what rewrites the method later cannot change what is decided about.
 * Errors  {@link RouteError} (`ERR_ROUTE_INVALID`), at start-up.
 *
 * @module
 */
import { METHODS } from 'node:http'
import { markHandler, RouteError, type TableRow } from '@iamkit/http'
import type { Middleware } from 'koa'

/** What is asked of a router, in every version of `@koa/router`. */
export interface Registering {
  readonly exclusive?: unknown
  /** Its path, methods and middleware, which each version types in a way of its own. */
  readonly register: (...layer: never[]) => unknown
}

/** Makes the handler of a row for one of its methods; for one that the row does not name, it refuses. */
export type RowHandler = (row: TableRow, method: string) => Middleware

export function installRows(
  router: Registering,
  rows: readonly TableRow[],
  handlerOf: RowHandler,
): void {
  if (typeof Object(router).register !== 'function') {
    throw new RouteError(
      'table',
      'not a router of `@koa/router`: the table stands on the router of its handlers',
    )
  }
  if (router.exclusive) {
    throw new RouteError('table', 'an exclusive router runs one route alone: put `can` on each')
  }
  const foreign = rows.find(({ method }) => method !== 'ALL' && !METHODS.includes(method))
  if (foreign) {
    throw new RouteError(`${foreign.method} ${foreign.path}`, 'Koa has no such method')
  }
  const register = router.register.bind(router) as unknown as Register
  for (const row of rows) {
    for (const methods of methodGroups(row)) {
      const handler = markHandler(handlerOf(row, methods[0] ?? ''), { kind: 'row', row })
      register(row.path, methods, [handler])
    }
  }
}

type Register = (...layer: [path: string, methods: string[], middleware: Middleware[]]) => unknown

/** One group a method that the row names, and one for the others. The router adds HEAD to GET by itself. */
function methodGroups({ method, routes, reason }: TableRow): readonly string[][] {
  if (method !== 'ALL') return [[method]]
  if (reason !== undefined) return [[...METHODS]]
  const named = Object.keys(routes)
  const own = named.filter((name) => name !== 'HEAD' || routes.HEAD !== routes.GET)
  const others = METHODS.filter((name) => !named.includes(name))
  return [...own.map((name) => [name]), others]
}
