/**
 * The app's one instance: its services, its policies, and who calls.
 *
 * Shape   {@link createIam} checks its options at start-up; {@link Iam} decides ever after.
 * Errors  {@link IamOptionsError} (`ERR_IAM_OPTIONS_INVALID`) from {@link createIam};
 *         {@link RouteError} (`ERR_ROUTE_INVALID`) from `route`;
 *         {@link PolicySourceError} (`ERR_POLICY_SOURCE`) and core's `RequestError`
 *         (`ERR_REQUEST_INVALID`) from `check`; `guard` never throws.
 *
 * @module
 */
import type { ActionOf, AnyService, ContextOf, ParamsOf } from '@iamkit/core'
import { type CheckRequest, type CheckResult, checkQuestion, resultOf } from './check.js'
import { clientAddress } from './context/client-address.js'
import { RouteError } from './errors.js'
import { createLists, type Lists } from './filter.js'
import { decide } from './guard/decide.js'
import type { IamDecision } from './guard/decision.js'
import { type GuardSettings, guardRequest, guardRow } from './guard/guard.js'
import { listenersOf } from './guard/listeners.js'
import type { Outcome, Refusal } from './guard/outcome.js'
import { type Reply, replyTo } from './guard/reply.js'
import type { Kinds } from './option-kinds.js'
import { checkOptions, type IamOptions } from './options.js'
import { policiesNow } from './policies/policies-now.js'
import type { HttpRequest } from './request.js'
import { findAction } from './route/action.js'
import {
  checkRouteOptions,
  createRoute,
  type Mode,
  type Route,
  type RouteOptions,
} from './route/route.js'
import { type RouteTable, readTable, routeOn, type TableRow } from './route/table.js'
import { ShadowLog } from './shadow/shadow-log.js'
import type { ShadowReport } from './shadow/shadow-report.js'
import { measuredCheck, measuredGuard } from './telemetry/telemetry.js'

export interface Iam<S extends AnyService = AnyService> extends Lists<S> {
  readonly options: IamOptions<S>
  /** Decides, at once. The policy source must have its policies at hand. */
  check(request: CheckRequest<S>): IamDecision
  /** Decides about each, in the same order. One that cannot be decided does not keep the others from it. */
  checkMany(requests: readonly CheckRequest<S>[]): readonly CheckResult[]
  /** Checks a route, at start-up. `own`: further options, which an adapter reads itself. */
  route<A extends ActionOf<S>, T = undefined, P extends string = keyof ParamsOf<S, A> & string>(
    action: A,
    options?: RouteOptions<T, P, ContextOf<S, A>, ActionOf<S>>,
    own?: Kinds,
  ): Route<T>
  /**
   * Decides about a request on its route. Only `allowed` may reach the handler. The outcome is there at once where
   * authenticator, loader and policy source answer at once.
   */
  guard<T>(route: Route<T>, request: HttpRequest): Outcome<T> | Promise<Outcome<T>>
  /** Checks a table of routes, at start-up. An adapter installs its rows on the framework's router. */
  table(table: RouteTable<S>, own?: Kinds): readonly TableRow[]
  /** Decides about a request on a row of the table. Only `allowed` may go on. */
  guardRow(row: TableRow, request: HttpRequest): Outcome | Promise<Outcome>
  /** The reply to a request that may not pass. It explains itself as the options say. */
  reply(refusal: Refusal): Reply
  /** What routes in shadow mode would have refused since the start. */
  shadowReport(): ShadowReport
}

export function createIam<const S extends AnyService>(options: IamOptions<S>): Iam<S> {
  checkOptions(options)
  options.policies.useServices?.(options.services)
  const settings = settingsOf(options)
  const explain = options.explainDenials ?? isDevelopment()
  const check = (request: CheckRequest<S>): IamDecision =>
    decide(settings, checkQuestion(options, request))

  const checkOne = (request: CheckRequest<S>): IamDecision =>
    measuredCheck(options.telemetry, request.action, () => check(request))

  const makeRoute = (own?: Kinds) => (action: string, route?: RouteOptions<never>) => {
    const whole = withDefaults(options, action, route)
    checkRouteOptions(action, whole, own)
    return createRoute(options.services, action, whole)
  }

  return Object.freeze<Iam<S>>({
    ...createLists<S>({ ...settings, services: options.services, policiesNow }),
    options,
    check: checkOne,
    checkMany: (requests) => requests.map((request) => resultOf(() => checkOne(request))),
    route: (action, route, own) =>
      makeRoute(own)(action, route as RouteOptions<never>) as Route<never>,
    table: (table, own) => readTable(table, makeRoute(own)),
    guardRow: (row, request) => {
      const run = () => guardRow(settings, row, request)
      const route = routeOn(row, request.method)
      return route ? measuredGuard(options.telemetry, route, run) : run()
    },
    guard: (route, request) =>
      measuredGuard(options.telemetry, route, () => guardRequest(settings, route, request)),
    reply: (refusal) => replyTo(refusal, { explain }),
    shadowReport: () => settings.shadow.report(),
  })
}

function settingsOf(options: IamOptions): GuardSettings {
  const { account, policies, identify, region, clock = () => new Date() } = options
  return {
    account,
    policies,
    identify,
    region,
    clock,
    clientAddress: clientAddress(options.trustedProxies),
    timeLimit: options.timeLimit ?? 5000,
    ...listenersOf(options),
    shadow: new ShadowLog(clock()),
  }
}

/** A route's options, with what it leaves to its service and its app. */
function withDefaults(
  { services, mode, stepUp }: IamOptions,
  action: string,
  route: RouteOptions<never> = {},
): RouteOptions<never> {
  if (typeof route !== 'object' || route === null || Array.isArray(route)) {
    throw new RouteError(action, 'its options are an object, such as `{ resource: loadDocument }`')
  }
  const { prefix } = findAction(services, action).service
  const modes: Readonly<Record<string, Mode | undefined>> = typeof mode === 'object' ? mode : {}
  const own = typeof mode === 'string' ? mode : modes[prefix]
  return {
    ...route,
    mode: route.mode ?? own ?? 'enforce',
    ...((route.stepUp ?? stepUp) && { stepUp: route.stepUp ?? stepUp }),
  }
}

/** True where the environment says so: a runtime without one is taken for production. */
function isDevelopment(): boolean {
  const { process } = globalThis as { process?: { env?: Readonly<Record<string, unknown>> } }
  return process?.env !== undefined && process.env.NODE_ENV !== 'production'
}
