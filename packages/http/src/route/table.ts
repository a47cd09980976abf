/**
 * A table of routes: what each method and path does, beside the handlers and not among them.
 *
 * Shape   `'GET /documents/:documentId': 'docs:GetDocument'`, or the action with a route's options, or
 *         `{ public: 'why' }`. A row of `ALL` says for each method what it does, and refuses the others.
 *         A row of `GET` is one of `HEAD` too. The path is the framework's: nothing here ever matches it.
 * Errors  {@link RouteError} (`ERR_ROUTE_INVALID`) from {@link readTable}, at start-up.
 *
 * @module
 */
import type { ActionOf, AnyService } from '@iamkit/core'
import { RouteError } from '../errors.js'
import { isReason } from './reason.js'
import type { Route, RouteOptions } from './route.js'

/** What one row does: an action, as it is or with the options of a route. */
export type TableAction<S extends AnyService = AnyService> =
  | ActionOf<S>
  | (RouteOptions<unknown, string, object, ActionOf<S>> & { readonly action: ActionOf<S> })

/** What each method of a row of `ALL` does. */
export type MethodTable<S extends AnyService = AnyService> = {
  readonly [method: string]: TableAction<S>
}

export interface PublicRow {
  /** Why everybody may call. */
  readonly public: string
}

/** Rows by `METHOD /path`. Where two meet one request, both must allow it. */
export type RouteTable<S extends AnyService = AnyService> = {
  readonly [row: string]: TableAction<S> | MethodTable<S> | PublicRow
}

/** A row as an adapter installs it. */
export interface TableRow {
  /** In upper case; `ALL` for every method. */
  readonly method: string
  readonly path: string
  /** What each method does. A frozen object without a prototype; empty on a public row. */
  readonly routes: Readonly<Record<string, Route>>
  /** On a public row alone: why. */
  readonly reason?: string
}

type MakeRoute = (action: string, options: RouteOptions<never>) => Route

/** Reads a table, and checks every row. `route` makes a checked route of an action and its options. */
export function readTable(
  table: Readonly<Record<string, unknown>>,
  route: MakeRoute,
): readonly TableRow[] {
  if (!isObject(table)) {
    throw new RouteError(
      'table',
      "rows are an object: `{ 'GET /documents': 'docs:ListDocuments' }`",
    )
  }
  const rows = Object.entries(table).map(([name, entry]) => readRow(name, entry, route))
  const names = rows.map(({ method, path }) => `${method} ${path}`)
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice !== undefined) throw new RouteError(twice, 'stands in the table twice')
  return rows
}

/** What a method does on a row; undefined where the row does not name it. */
export function routeOn({ routes }: TableRow, method: string): Route | undefined {
  return routes[method]
}

/** Whether a row decides about a method; `*` stands for all of them. */
export function coversMethod({ method, routes, reason }: TableRow, asked: string): boolean {
  if (method === 'ALL') return true
  if (reason !== undefined) return asked === method || (asked === 'HEAD' && method === 'GET')
  return routes[asked] !== undefined
}

function readRow(name: string, entry: unknown, route: MakeRoute): TableRow {
  const [, method, path] = /^([A-Z][A-Z-]*) +(\/\S*)$/.exec(name) ?? []
  if (method === undefined || path === undefined) {
    throw new RouteError(
      name,
      'a row is named by a method in upper case and a path: `GET /documents`',
    )
  }
  const reason = reasonIn(name, entry)
  if (reason !== undefined) return freeze({ method, path, routes: {}, reason })
  if (method === 'ALL') return freeze({ method, path, routes: methodsIn(name, entry, route) })
  return freeze({ method, path, routes: { [method]: actionIn(name, entry, route) } })
}

/** HEAD does what GET does, unless the row says otherwise. */
function freeze(row: TableRow): TableRow {
  const { GET } = row.routes
  const routes = Object.assign(Object.create(null), GET && { HEAD: GET }, row.routes)
  return Object.freeze({ ...row, routes: Object.freeze(routes) })
}

function reasonIn(name: string, entry: unknown): string | undefined {
  if (!isObject(entry) || !Object.hasOwn(entry, 'public')) return undefined
  const { public: reason, ...rest } = entry
  if (isReason(reason) && Object.keys(rest).length === 0) return reason
  throw new RouteError(name, 'say why it is public in a few words, and nothing else')
}

function methodsIn(name: string, entry: unknown, route: MakeRoute): Record<string, Route> {
  if (!isObject(entry) || Object.hasOwn(entry, 'action')) {
    throw new RouteError(name, '`ALL` needs an action for each method: `{ GET: …, PUT: … }`')
  }
  const methods = Object.entries(entry)
  const foreign = methods.find(([method]) => !/^[A-Z][A-Z-]*$/.test(method) || method === 'ALL')
  if (foreign || methods.length === 0) {
    throw new RouteError(name, '`ALL` needs methods in upper case, each with its action')
  }
  return Object.fromEntries(
    methods.map(([method, action]) => [method, actionIn(`${name}, ${method}`, action, route)]),
  )
}

function actionIn(name: string, entry: unknown, route: MakeRoute): Route {
  if (typeof entry === 'string') return route(entry, {})
  if (!isObject(entry) || typeof entry.action !== 'string') {
    throw new RouteError(name, 'needs an action, or an object with `action`')
  }
  const { action, ...options } = entry
  return route(action, options as RouteOptions<never>)
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
