/**
 * The route table, installed on the router whose handlers it guards.
 *
 * Shape   each row becomes a route of the router, before those of the handlers: Express itself matches it.
 *         Where several rows match a request, each must allow it.
 * Errors  {@link RouteError} (`ERR_ROUTE_INVALID`), at start-up.
 *
 * @module
 */
import { METHODS } from 'node:http'
import { markHandler, RouteError, type TableRow } from '@iamkit/http'
import type { RequestHandler, Router } from 'express'

type Register = (path: string, handler: RequestHandler) => void

export function installRows(
  router: Router,
  rows: readonly TableRow[],
  handlerOf: (row: TableRow) => RequestHandler,
): void {
  const registers = rows.map((row) => registerOn(router, row))
  for (const [i, row] of rows.entries()) {
    registers[i]?.(row.path, markHandler(handlerOf(row), { kind: 'row', row }))
  }
}

/** `router.get` for `GET`: looked for first, so that a table is installed whole or not at all. */
function registerOn(router: Router, { method, path }: TableRow): Register {
  const registers = router as unknown as Readonly<Record<string, Register | undefined>>
  const register = registers[method.toLowerCase()]
  if (register && (method === 'ALL' || METHODS.includes(method))) return register.bind(router)
  throw new RouteError(`${method} ${path}`, 'Express has no such method')
}
