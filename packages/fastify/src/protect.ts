/**
 * The route table: rows become guards of the routes that are added behind it.
 *
 * Shape   a row and a route belong together by the text of their paths; Fastify alone matches requests.
 *         Where several rows name a route, each must allow.
 * Errors  None.
 *
 * @module
 */
import { coversMethod, markHandler, type TableRow } from '@iamkit/http'
import { samePath } from './path.js'
import { type Hooked, methodsOf, preHandlersOf, type RouteRecord } from './route-record.js'

export function installRows<H extends object>(
  app: Hooked,
  rows: readonly TableRow[],
  handlerOf: (row: TableRow) => H,
): void {
  const installed = rows.map((row) => ({
    row,
    path: join(app.prefix, row.path),
    guard: markHandler(handlerOf(row), { kind: 'row', row }),
  }))
  app.addHook('onRoute', (route) => {
    const guards = installed
      .filter(({ row, path }) => samePath(path, withoutEnd(app, route)) && isNamed(row, route))
      .map(({ guard }) => guard)
    if (guards.length > 0) route.preHandler = [...guards, ...preHandlersOf(route)]
  })
}

function isNamed(row: TableRow, route: RouteRecord): boolean {
  return methodsOf(route).some((method) => coversMethod(row, method))
}

/** A plugin's `/` is the prefix itself, with and without a slash behind it. */
function withoutEnd({ prefix }: Hooked, { url }: RouteRecord): string {
  return prefix !== '' && url === `${prefix}/` ? prefix : url
}

function join(prefix: string, path: string): string {
  if (prefix !== '' && path === '/') return prefix
  return `${prefix.replace(/\/$/, '')}${path}`
}
