/**
 * A Hono app under observation: its routes, and who of their handlers runs when.
 *
 * Shape   a router stands in the place of the app's own until `restore`: it finds what that one finds, with
 *         a watcher in the place of each handler. Structure alone, no import.
 * Errors  None.
 * Source  `hono`, `src/hono-base.ts`, `src/compose.ts` and `src/router.ts`, versions 4.0 to 4.13.
 *
 * @module
 */
import { markOf } from '@iamkit/http'
import { addTarget, type ObservedApp, type Survey } from './observed-app.js'
import { fromHono } from './route-pattern.js'
import { type PathParams, samplePaths } from './sample-path.js'
import { type Station, stationOf } from './station.js'

/** A Hono app, as far as it is looked at. */
export interface HonoApp {
  readonly routes: readonly object[]
  router: object
  readonly fetch: (...call: never[]) => unknown
}

interface Context {
  /** What `@hono/node-server` hands on: Node's own request is in it. */
  readonly env?: { readonly incoming?: object } | undefined
}

type Handler = (c: Context, next: () => Promise<unknown>) => unknown

interface RouteRecord {
  /** In upper case; `ALL` for every method, and for what stands on `use`. */
  readonly method: string
  readonly path: string
  /** Of the app that it was added to. Not told by 4.0. */
  readonly basePath?: string
  readonly handler: Handler
}

type Pair = readonly [handler: Handler, route: RouteRecord]
type Found = readonly [
  handlers: readonly (readonly [pair: Pair, ...rest: unknown[]])[],
  ...unknown[],
]

interface Router {
  readonly name: string
  add(method: string, path: string, handler: unknown): void
  match(method: string, path: string): Found
}

export function isHonoApp(app: unknown): app is HonoApp {
  const { routes, router, fetch } = Object(app) as Partial<Record<string, unknown>>
  const { match } = Object(router) as { readonly match?: unknown }
  return Array.isArray(routes) && typeof match === 'function' && typeof fetch === 'function'
}

export function observeHono(app: HonoApp, params: PathParams): ObservedApp {
  const survey: Survey = { targets: [], publicPaths: [], unknown: [], params }
  const routes = app.routes as readonly RouteRecord[]
  const stations = surveyRoutes(routes, survey, app)
  const router = app.router as Router
  let isBlind = false
  const watched = ([handler, route]: Pair): Pair => {
    const station = stations.get(route)
    if (station === undefined) return [handler, route]
    const watcher: Handler = (c, next) => {
      const request = c.env?.incoming
      isBlind ||= request === undefined
      return request
        ? passOver(station, { request, next, go: (on) => handler(c, on) })
        : handler(c, next)
    }
    return [watcher, route]
  }
  app.router = {
    name: router.name,
    add: (...call: Parameters<Router['add']>) => router.add(...call),
    match(method: string, path: string): Found {
      const [handlers, ...rest] = router.match(method, path)
      return [handlers.map(([pair, ...more]) => [watched(pair), ...more] as const), ...rest]
    },
  } satisfies Router
  return {
    ...survey,
    problem: () =>
      isBlind
        ? '`listener` hands no request of Node on: `getRequestListener(app.fetch)` does'
        : undefined,
    restore: () => {
      app.router = router
    },
  }
}

interface Passage {
  readonly request: object
  readonly next: () => Promise<unknown>
  readonly go: (next: () => Promise<unknown>) => unknown
}

/** A handler at its station: the app's own code runs as before. */
function passOver({ onCall, onPass }: Station, { request, next, go }: Passage): unknown {
  onCall(request)
  return go(() => {
    onPass?.(request)
    return next()
  })
}

/** Who stands where. What stands on the same method and path, one behind the other, is one route. */
function surveyRoutes(
  routes: readonly RouteRecord[],
  survey: Survey,
  router: object,
): ReadonlyMap<RouteRecord, Station> {
  const stations = new Map<RouteRecord, Station>()
  let first: RouteRecord | undefined
  for (const route of routes) {
    const { method, path } = route
    if (first?.method !== method || first.path !== path) first = route
    const handler = innerHandler(route.handler)
    const mark = markOf(handler)
    const paths = samplePaths(fromHono(path), survey.params)
    if (mark?.kind === 'public' && paths) survey.publicPaths.push(...paths)
    if (!isPathless(route)) addTarget(survey, { paths, text: path }, methodsOf(route))
    // Middleware is seen by what it answers, and by its mark.
    if (mark === undefined && method === 'ALL' && handler.length > 1) continue
    const line = `${method === 'ALL' ? '*' : method} ${path}`
    stations.set(route, stationOf(handler, { route: first, router, paths: [path], line }))
  }
  return stations
}

/** What Hono wraps where a mounted app has an error handler of its own. */
function innerHandler(handler: Handler): Handler {
  const inner = (handler as { readonly __COMPOSED_HANDLER?: Handler }).__COMPOSED_HANDLER
  return inner === undefined ? handler : innerHandler(inner)
}

/** Middleware that `app.use` was given no path for. */
function isPathless({ method, path, basePath = '/' }: RouteRecord): boolean {
  return method === 'ALL' && path === `${basePath.replace(/\/$/, '')}/*`
}

/** Hono answers HEAD by the route of GET. Some methods stand for all. */
function methodsOf({ method }: RouteRecord): readonly string[] {
  if (method === 'ALL') return ['GET', 'HEAD', 'POST', 'DELETE']
  return method === 'GET' ? ['GET', 'HEAD'] : [method]
}
