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
import {
  type Handle,
  innerRouter,
  isBodyParser,
  isErrorHandler,
  type Layer,
  type RouteRecord,
  type RouterRecord,
  routerIn,
} from './express-layer.js'
import { type Aim, addTarget, type ObservedApp, type Survey } from './observed-app.js'
import { type PathParams, samplePaths } from './sample-path.js'
import { type Stop, stationOf } from './station.js'
import { watchOf } from './watch.js'

interface ExpressSurvey extends Survey {
  /** Handlers as they were. A layer that is reached by two ways is watched once. */
  readonly handles: Map<Layer, Handle>
}

/** Where a router stands. */
interface Place extends Aim {
  readonly inside: readonly RouterRecord[]
}

/** Undefined for what is no Express 5 app or router. */
export function observeExpress(app: unknown, params: PathParams): ObservedApp | undefined {
  const router = routerIn(app)
  if (router === undefined) return undefined
  const handles = new Map<Layer, Handle>()
  const survey: ExpressSurvey = { targets: [], publicPaths: [], unknown: [], params, handles }
  surveyRouter(router, { paths: [''], text: '', inside: [] }, survey)
  return {
    ...survey,
    restore: () => {
      for (const [layer, handle] of handles) layer.handle = handle
    },
  }
}

function surveyRouter(router: RouterRecord, place: Place, survey: ExpressSurvey): void {
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

function surveyRoute(route: RouteRecord, place: Place, survey: ExpressSurvey): void {
  const first = markOf(route.stack[0]?.handle)
  const router = place.inside.at(-1)
  const paths = [route.path].flat()
  for (const layer of route.stack) {
    const line = `${layer.method?.toUpperCase() ?? '*'} ${place.text}`
    watchLayer(layer, survey, () => watched(layer, { route, router, paths, line }))
  }
  // A row of the route table answers nothing itself, but it may be all there is to aim at.
  addTarget(survey, place, methodsOf(route))
  if (first?.kind === 'public') survey.publicPaths.push(...(place.paths ?? []))
}

/** What stands on `use`: seen by what it answers, and by its mark. */
function surveyMiddleware(layer: Layer, place: Place, survey: ExpressSurvey): void {
  const { handle } = layer
  watchLayer(layer, survey, (mark) => {
    if (mark?.kind !== 'public') return handle
    return (req, res, next) => {
      watchOf(req)?.publicAt.add(layer)
      return handle(req, res, next)
    }
  })
  if (!layer.slash && !isErrorHandler(layer)) addTarget(survey, place, ['GET', 'POST'])
}

/** Parsers and error handlers stay as they are; so does what says that it may stand before a guard. */
function watchLayer(
  layer: Layer,
  { handles }: ExpressSurvey,
  watcher: (mark: Mark | undefined) => Handle,
): void {
  if (handles.has(layer) || isErrorHandler(layer) || isBodyParser(layer)) return
  handles.set(layer, layer.handle)
  layer.handle = watcher(markOf(layer.handle))
}

/** A handler at its station: the app's own code runs as before. */
function watched({ handle }: Layer, stop: Stop): Handle {
  const { onCall, onPass } = stationOf(handle, stop)
  if (onPass === undefined) {
    return (req, res, next) => {
      onCall(req)
      return handle(req, res, next)
    }
  }
  return (req, res, next) => {
    onCall(req)
    return handle(req, res, (error) => {
      if (error === undefined) onPass(req)
      next(error)
    })
  }
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
