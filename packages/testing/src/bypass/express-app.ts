/**
 * An Express app under observation: its routes, and who of its handlers runs when.
 *
 * Shape   walks the routers as `assertCovered` does, and puts a watcher in the place of each handler
 *         until `restore`. The app's own code, router and matching stay as they are.
 * Errors  None.
 *
 * @module
 */
import { METHODS } from 'node:http'
import { type Mark, markOf } from '@iamkit/http'
import type { Target } from './attack.js'
import {
  type Handle,
  innerRouter,
  isBodyParser,
  isErrorHandler,
  type Layer,
  type RouteRecord,
  type RouterRecord,
  routerIn,
  shapeOf,
} from './express-layer.js'
import { type PathParams, samplePaths } from './sample-path.js'
import { isAllowed, type Watch, watchOf } from './watch.js'

export interface ObservedApp {
  readonly targets: readonly Target[]
  /** Paths of routes that everybody may call. */
  readonly publicPaths: readonly string[]
  /** Routes of which no path could be made. */
  readonly unknown: readonly string[]
  /** Takes the watchers away. */
  restore(): void
}

interface Survey {
  readonly targets: Target[]
  readonly publicPaths: string[]
  readonly unknown: string[]
  readonly params: PathParams
  /** Handlers as they were. A layer that is reached by two ways is watched once. */
  readonly handles: Map<Layer, Handle>
}

/** Where a router stands. */
interface Place {
  /** Each way to it; undefined where Express does not tell. */
  readonly paths: readonly string[] | undefined
  readonly text: string
  readonly inside: readonly RouterRecord[]
}

/** Undefined for what is no Express 5 app or router. */
export function observeExpress(app: unknown, params: PathParams): ObservedApp | undefined {
  const router = routerIn(app)
  if (router === undefined) return undefined
  const handles = new Map<Layer, Handle>()
  const survey: Survey = { targets: [], publicPaths: [], unknown: [], params, handles }
  surveyRouter(router, { paths: [''], text: '', inside: [] }, survey)
  return {
    ...survey,
    restore: () => {
      for (const [layer, handle] of handles) layer.handle = handle
    },
  }
}

function surveyRouter(router: RouterRecord, place: Place, survey: Survey): void {
  if (place.inside.includes(router)) return
  const inside = [...place.inside, router]
  for (const layer of router.stack) {
    const own = layer.route ? layer.route.path : layer.slash ? '/' : layer.rawPath
    const here = { ...below(place, own, survey.params), inside }
    const inner = layer.route ? undefined : innerRouter(layer)
    if (layer.route) surveyRoute(layer.route, here, survey)
    else if (inner) surveyRouter(inner, here, survey)
    else surveyMiddleware(layer, here, survey)
  }
}

function surveyRoute(route: RouteRecord, place: Place, survey: Survey): void {
  const first = markOf(route.stack[0]?.handle)
  const router = place.inside.at(-1)
  const stop: Stop = { route, router, text: place.text }
  for (const layer of route.stack)
    watchLayer(layer, survey, (mark) => reaching(watched(layer, mark, stop)))
  // A row of the route table answers nothing itself, but it may be all there is to aim at.
  addTarget(place, methodsOf(route), survey)
  if (first?.kind === 'public') survey.publicPaths.push(...(place.paths ?? []))
}

/** What stands on `use`: seen by what it answers, and by its mark. */
function surveyMiddleware(layer: Layer, place: Place, survey: Survey): void {
  const { handle } = layer
  watchLayer(layer, survey, (mark) => {
    if (mark?.kind !== 'public') return handle
    return (req, res, next) => {
      watchOf(req)?.publicAt.add(layer)
      return handle(req, res, next)
    }
  })
  if (!layer.slash && !isErrorHandler(layer)) addTarget(place, ['GET', 'POST'], survey)
}

function addTarget({ paths, text }: Place, methods: readonly string[], survey: Survey): void {
  if (paths === undefined) survey.unknown.push(text)
  for (const path of paths ?? []) survey.targets.push({ route: text, path, methods })
}

/** Parsers and error handlers stay as they are; so does what says that it may stand before a guard. */
function watchLayer(
  layer: Layer,
  { handles }: Survey,
  watcher: (mark: Mark | undefined) => Handle,
): void {
  if (handles.has(layer) || isErrorHandler(layer) || isBodyParser(layer)) return
  handles.set(layer, layer.handle)
  layer.handle = watcher(markOf(layer.handle))
}

/** One handler's route, and the router that it is in. */
interface Stop {
  readonly route: RouteRecord
  readonly router: RouterRecord | undefined
  readonly text: string
}

function watched({ handle, name, method }: Layer, mark: Mark | undefined, stop: Stop): Handle {
  const { route, text } = stop
  switch (mark?.kind) {
    case 'guard':
      return passing(handle, (watch) => watch.allowedAt.add(route))
    case 'row': {
      const key = rowKey(stop.router, mark.row.path)
      return passing(handle, (watch) => {
        if (mark.row.reason === undefined) watch.allowedAt.add(key)
        else watch.publicAt.add(key)
      })
    }
    case 'public':
      return (req, res, next) => {
        watchOf(req)?.publicAt.add(route)
        return handle(req, res, next)
      }
    case 'unguarded':
    case 'covered':
      return handle
    default: {
      const keys = [route, ...[route.path].flat().map((path) => rowKey(stop.router, path))]
      const line = `${method?.toUpperCase() ?? '*'} ${text}`
      return (req, res, next) => {
        const watch = watchOf(req)
        if (watch && !mayRun(req, watch, keys)) {
          watch.report(`handler \`${name || '<anonymous>'}\` of \`${line}\` ran`)
        }
        return handle(req, res, next)
      }
    }
  }
}

/** Allowed here, and not by the guard of another route that went on. */
function mayRun(req: object, watch: Watch, keys: readonly unknown[]): boolean {
  if (keys.some((key) => watch.publicAt.has(key))) return true
  return keys.some((key) => watch.allowedAt.has(key)) && isAllowed(req)
}

function reaching(handle: Handle): Handle {
  return (req, res, next) => {
    const watch = watchOf(req)
    watch?.observer.onReach(watch.exchange)
    return handle(req, res, next)
  }
}

function passing(handle: Handle, pass: (watch: Watch) => void): Handle {
  return (req, res, next) =>
    handle(req, res, (error) => {
      const watch = watchOf(req)
      if (watch && error === undefined) pass(watch)
      next(error)
    })
}

const rowKeys = new WeakMap<RouterRecord, Map<string, object>>()

/** The same for every path of a router that matches the same. */
function rowKey(router: RouterRecord | undefined, path: unknown): unknown {
  if (router === undefined) return undefined
  const keys = rowKeys.get(router) ?? new Map<string, object>()
  rowKeys.set(router, keys)
  const shape = shapeOf(path)
  const key = keys.get(shape) ?? { shape }
  keys.set(shape, key)
  return key
}

function below({ paths, text }: Place, own: unknown, params: PathParams): Omit<Place, 'inside'> {
  const samples = samplePaths(own, params)
  const all = paths?.flatMap((path) => samples?.map((sample) => join(path, sample)) ?? [])
  return { paths: samples && all, text: join(text, textOf(own)) }
}

function textOf(path: unknown): string {
  if (Array.isArray(path)) return path.map(textOf).join(' | ')
  if (typeof path === 'string') return path
  return path instanceof RegExp ? path.toString() : '/…'
}

function join(base: string, path: string): string {
  if (path === '/') return base || '/'
  return `${base === '/' ? '' : base}${path}`
}

/** `app.all` names every method that Node knows: some of them stand for all. */
function methodsOf({ methods }: RouteRecord): readonly string[] {
  const names = Object.keys(methods).map((name) => name.toUpperCase())
  if (names.includes('_ALL') || names.length >= METHODS.length - 1) {
    return ['GET', 'HEAD', 'POST', 'DELETE']
  }
  return names.includes('GET') ? [...new Set([...names, 'HEAD'])] : names
}
