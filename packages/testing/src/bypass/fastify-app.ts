/**
 * A Fastify app under observation: the routes that `assertCovered` has heard of, and which handlers run.
 *
 * Shape   Fastify says on a channel that a handler is next, and looks it up once more behind that: a watcher
 *         stands in its place from then until `restore`. Structure alone, no import.
 * Errors  None.
 * Source  `fastify`, "Hooks: Diagnostics Channel Hooks", `lib/context.js` and `lib/handle-request.js`, versions
 *         5.0 to 5.12.
 *
 * @module
 */
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type KeptRoute, keptRoutes, type Mark, markOf } from '@iamkit/http'
import { addTarget, type ObservedApp, type Survey } from './observed-app.js'
import { fromFindMyWay } from './route-pattern.js'
import { type PathParams, samplePaths } from './sample-path.js'
import { stationOf } from './station.js'
import { watchOf } from './watch.js'

/** A Fastify app, as far as it is looked at. */
export interface FastifyApp {
  ready(): PromiseLike<unknown>
  routing(req: IncomingMessage, res: ServerResponse): void
  printRoutes(): string
}

interface Request {
  /** Node's own. */
  readonly raw: object
}

/** What Fastify keeps of a route. */
interface Context {
  handler: (request: Request, reply: object) => unknown
  readonly preHandler: unknown
}

/** What comes over the channel. */
interface Start {
  readonly request: Request
  readonly route: { readonly url: string; readonly method: string | readonly string[] }
}

const START = 'tracing:fastify.request.handler:start'

export function isFastifyApp(app: unknown): app is FastifyApp {
  const { ready, routing, printRoutes } = Object(app) as Partial<Record<string, unknown>>
  return [ready, routing, printRoutes].every((one) => typeof one === 'function')
}

/** Call it when the app is ready: its routes are whole then. */
export function observeFastify(app: FastifyApp, params: PathParams): ObservedApp {
  const survey: Survey = { targets: [], publicPaths: [], unknown: [], params }
  const routes = keptRoutes(app)
  for (const route of routes) surveyRoute(route, survey)
  const handlers = new Map<Context, Context['handler']>()
  let isBlind = false
  const onStart = (message: unknown): void => {
    const { request, route } = message as Start
    if (watchOf(request.raw) === undefined) return
    const context = contextOf(request)
    isBlind ||= context === undefined
    if (context === undefined || handlers.has(context)) return
    handlers.set(context, context.handler)
    context.handler = watched(context, { ...route, isPublic: isPublic(route, routes) })
  }
  subscribe(START, onStart)
  return {
    ...survey,
    problem: () => (isBlind ? 'this version of Fastify hides its handlers' : undefined),
    restore: () => {
      unsubscribe(START, onStart)
      for (const [context, handler] of handlers) context.handler = handler
    },
  }
}

function surveyRoute({ methods, path, preHandlers }: KeptRoute, survey: Survey): void {
  const paths = samplePaths(fromFindMyWay(path), survey.params)
  addTarget(survey, { paths, text: path }, methods)
  if (saysPublic(preHandlers().map(markOf)) && paths) survey.publicPaths.push(...paths)
}

/** The one property of the request, under a symbol of Fastify's, that has a handler. */
function contextOf(request: object): Context | undefined {
  return Object.getOwnPropertySymbols(request)
    .map((symbol) => (request as Readonly<Record<symbol, unknown>>)[symbol])
    .find((value): value is Context => {
      const { handler, preHandler } = Object(value) as Partial<Context>
      return typeof handler === 'function' && preHandler !== undefined
    })
}

/** A handler at its station: the app's own code runs as before. */
function watched(
  context: Context,
  { url, method, isPublic }: Start['route'] & { readonly isPublic: boolean },
): Context['handler'] {
  const { handler } = context
  const line = `${[method].flat().join(',')} ${url}`
  const { onCall } = stationOf(handler, { route: context, router: undefined, paths: [], line })
  return (request, reply) => {
    const watch = watchOf(request.raw)
    // A request comes to one route alone: whatever guard let it pass, let it pass here.
    const places = isPublic ? watch?.publicAt : watch?.allowedAt
    places?.add(context)
    onCall(request.raw)
    return handler(request, reply)
  }
}

function isPublic({ url, method }: Start['route'], routes: readonly KeptRoute[]): boolean {
  const [name = ''] = [method].flat()
  const own = routes.find(({ path, methods }) => path === url && methods.includes(name))
  return own !== undefined && saysPublic(own.preHandlers().map(markOf))
}

/** Where a guard stands as well, it decides. */
function saysPublic(marks: readonly (Mark | undefined)[]): boolean {
  const says = marks.flatMap((mark) => {
    if (mark?.kind === 'row') return mark.row.reason === undefined ? 'guard' : 'public'
    return mark?.kind ?? []
  })
  return says.includes('public') && !says.includes('guard')
}
