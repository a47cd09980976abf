/**
 * A Koa app under observation: the routes of its routers, and who of their handlers runs when.
 *
 * Shape   puts a watcher in the place of each handler until `restore`, before Koa composes them: structure
 *         alone, no import. The app's own code, router and matching stay as they are.
 * Errors  None.
 * Source  `koa`, `lib/application.js`; `@koa/router`, `Layer` and `Router`, versions 13.0 to 15.7.
 *
 * @module
 */
import { type IncomingMessage, METHODS, type ServerResponse } from 'node:http'
import { markOf } from '@iamkit/http'
import { addTarget, type ObservedApp, type Survey } from './observed-app.js'
import { type PathParams, samplePaths } from './sample-path.js'
import { type Station, stationOf } from './station.js'
import { watchOf } from './watch.js'

/** A Koa app, as far as it is looked at. */
export interface KoaApp {
  readonly middleware: unknown[]
  callback(): (req: IncomingMessage, res: ServerResponse) => unknown
}

interface Context {
  /** Node's own. */
  readonly req: object
}

type Middleware = (ctx: Context, next: () => Promise<unknown>) => unknown

interface Layer {
  readonly path: unknown
  /** In upper case; none for what stands on `router.use`. */
  readonly methods: readonly string[]
  /** Read at each request, so that others can stand in its place. */
  readonly stack: Middleware[]
}

interface RouterRecord {
  readonly stack: readonly Layer[]
}

interface KoaSurvey extends Survey {
  readonly undo: (() => void)[]
}

export function isKoaApp(app: unknown): app is KoaApp {
  const { middleware, callback } = Object(app) as Partial<Record<string, unknown>>
  return typeof app === 'object' && Array.isArray(middleware) && typeof callback === 'function'
}

/** Call `app.callback()` afterwards. */
export function observeKoa({ middleware }: KoaApp, params: PathParams): ObservedApp {
  const survey: KoaSurvey = { targets: [], publicPaths: [], unknown: [], params, undo: [] }
  for (const one of middleware) {
    const router = routerIn(one)
    if (router) surveyRouter(router, survey)
  }
  replaceEach(middleware as Middleware[], survey, (one) => (routerIn(one) ? one : declared(one)))
  return {
    ...survey,
    restore: () => {
      for (const step of survey.undo) step()
    },
  }
}

function surveyRouter(router: RouterRecord, survey: KoaSurvey): void {
  for (const layer of router.stack) {
    if (layer.methods.length === 0) replaceEach(layer.stack, survey, declared)
    else surveyRoute(layer, router, survey)
    if (isPathless(layer)) continue
    const aim = { paths: samplePaths(layer.path, survey.params), text: String(layer.path) }
    addTarget(survey, aim, methodsOf(layer))
  }
}

function surveyRoute(layer: Layer, router: RouterRecord, survey: KoaSurvey): void {
  const { path, stack } = layer
  const isPublic = markOf(stack[0])?.kind === 'public'
  if (isPublic) survey.publicPaths.push(...(samplePaths(path, survey.params) ?? []))
  const line = `${nameOf(layer)} ${String(path)}`
  replaceEach(stack, survey, (handler) =>
    watched(handler, stationOf(handler, { route: layer, router, paths: [path], line })),
  )
}

function replaceEach(
  stack: Middleware[],
  { undo }: KoaSurvey,
  other: (handler: Middleware) => Middleware,
): void {
  for (const [i, handler] of stack.entries()) {
    stack[i] = other(handler)
    undo.push(() => {
      stack[i] = handler
    })
  }
}

/** A handler at its station: the app's own code runs as before. */
function watched(handler: Middleware, { onCall, onPass }: Station): Middleware {
  return (ctx, next) => {
    onCall(ctx.req)
    const goOn = () => {
      onPass?.(ctx.req)
      return next()
    }
    return handler(ctx, goOn)
  }
}

/** What is no route: seen by what it answers, and by its mark. */
function declared(handler: Middleware): Middleware {
  if (markOf(handler)?.kind !== 'public') return handler
  return (ctx, next) => {
    watchOf(ctx.req)?.publicAt.add(handler)
    return handler(ctx, next)
  }
}

/** The router behind the middleware of its `routes()`. */
function routerIn(middleware: unknown): RouterRecord | undefined {
  const { router } = Object(middleware) as { router?: Partial<RouterRecord> }
  return Array.isArray(router?.stack) ? (router as RouterRecord) : undefined
}

/** Middleware that `router.use` was given no path for. */
function isPathless({ path, methods }: Layer): boolean {
  const text = String(path)
  return methods.length === 0 && PATHLESS.some((end) => text.endsWith(end))
}

const PATHLESS = ['([^/]*)', '(?:\\/|$)', '{/*rest}']

/** `router.all` names every method that Node knows: some of them stand for all. */
function methodsOf({ methods }: Layer): readonly string[] {
  if (methods.length === 0) return ['GET', 'POST']
  return METHODS.every((name) => methods.includes(name))
    ? ['GET', 'HEAD', 'POST', 'DELETE']
    : methods
}

function nameOf({ methods }: Layer): string {
  if (METHODS.every((name) => methods.includes(name))) return '*'
  return methods.filter((name) => name !== 'HEAD' || !methods.includes('GET')).join(',')
}
