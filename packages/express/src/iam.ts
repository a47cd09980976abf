/**
 * The guard as Express middleware.
 *
 * Shape   {@link guard} binds an {@link Iam}; what it gives hangs on routes, never on paths.
 * Errors  {@link RouteError} (`ERR_ROUTE_INVALID`) from `can`, at start-up. At run time a refusal is a
 *         {@link RefusalError} given to `next`.
 *
 * @module
 */
import type { ActionOf, AnyService, ContextOf, ParamsOf } from '@iamkit/core'
import {
  andThen,
  type CoverageRow,
  checkGuard,
  declareHandler,
  type HttpRequest,
  type Iam,
  type KindsOf,
  keepAccess,
  markHandler,
  type Outcome,
  RefusalError,
  type RouteOptions,
  type RouteTable,
} from '@iamkit/http'
import { type UpgradeGuard, upgradeGuard } from '@iamkit/http/node'
import express, {
  type ErrorRequestHandler,
  type Express,
  type RequestHandler,
  type RequestParamHandler,
  type Router,
} from 'express'
import { assertCovered, type CoverageOptions } from './coverage.js'
import { covered } from './covered.js'
import { errors } from './errors.js'
import { httpRequest } from './http-request.js'
import { answerNotFound } from './not-found.js'
import { installRows } from './protect.js'
import type { Known, RouteMustBind } from './typed-path.js'

/** {@link RouteOptions}, and what TypeScript cannot see of an Express route. */
export interface CanOptions<P extends string, C, Parent extends string, A extends string = string>
  extends RouteOptions<unknown, P, C, A> {
  /** Names that the path of a parent router binds, which this router merges. */
  readonly parentParams?: readonly Parent[]
}

/** Makes a guard for a route. The second form is for an ARN that the path does not say. */
export interface Can<S extends AnyService> {
  <
    A extends ActionOf<S>,
    P extends string = keyof ParamsOf<S, A> & string,
    Parent extends string = never,
  >(
    action: A,
    options?: CanOptions<P, ContextOf<S, A>, Parent, ActionOf<S>> & { readonly arn?: never },
  ): RouteMustBind<Exclude<(keyof ParamsOf<S, A> & string) | Known<P>, Parent>>
  <A extends ActionOf<S>, P extends string = string, Parent extends string = never>(
    action: A,
    options: CanOptions<P, ContextOf<S, A>, Parent, ActionOf<S>> &
      Required<Pick<RouteOptions<unknown, P>, 'arn'>>,
  ): RouteMustBind<Exclude<Known<P>, Parent>>
}

export interface Guard<S extends AnyService> {
  /** Decides, and lets only allowed requests reach what stands behind it on the route. */
  readonly can: Can<S>
  /** Guards the routes of a router by a table: call it before they are added, and behind all middleware. */
  readonly protect: (router: Router, table: RouteTable<S>) => void
  /** Says that everybody may call the route, and why. With a handler: wraps one that is no route. */
  readonly publicRoute: (reason: string, handler?: RequestHandler) => RequestHandler
  /** Serves a folder to everybody, and says why. */
  readonly publicStatic: (root: string, reason: string, options?: StaticOptions) => RequestHandler
  /** Lets a handler stand before the guard, and says why that is safe. */
  readonly unguarded: Unguarded
  /** Mounts an app so that `assertCovered` can look into it. */
  readonly covered: (app: Express) => RequestHandler
  /** Guards an `upgrade`, which does not come through Express. */
  readonly authorizeUpgrade: <A extends ActionOf<S>, T = undefined>(
    action: A,
    options?: RouteOptions<T, keyof ParamsOf<S, A> & string, ContextOf<S, A>, ActionOf<S>>,
  ) => UpgradeGuard<T>
  /** Answers refusals. Put it behind all routes. */
  readonly errors: () => ErrorRequestHandler
  /** Prints the table of routes, and throws if one of them is open. */
  readonly assertCovered: (
    app: Express | Router,
    options?: CoverageOptions,
  ) => readonly CoverageRow[]
}

/** Also for a handler of `router.param`, which runs before the guards of its routes. */
export interface Unguarded {
  (reason: string, handler: RequestHandler): RequestHandler
  (reason: string, handler: RequestParamHandler): RequestParamHandler
}

type StaticOptions = Parameters<typeof express.static>[1]

export interface GuardOptions {
  /** Answers on masked routes, as it answers what is not there. Absent: Express's own page. */
  readonly notFound?: RequestHandler
}

const KINDS: KindsOf<GuardOptions> = { notFound: 'function' }
/** Options of a route that this adapter reads itself. */
const OWN = { parentParams: 'list' } as const

/** Binds the app's one instance to Express. */
export function guard<const S extends AnyService>(
  iam: Iam<S>,
  options: GuardOptions = {},
): Guard<S> {
  checkGuard(iam, options, KINDS)
  const can = <A extends ActionOf<S>>(
    action: A,
    routeOptions?: RouteOptions<unknown, string, ContextOf<S, A>, ActionOf<S>>,
  ): RequestHandler => {
    const route = iam.route(action, routeOptions, OWN)
    const decide = guarded((request) => iam.guard(route, request), iam, options)
    return markHandler(decide, { kind: 'guard', route })
  }
  const publicRoute: Guard<S>['publicRoute'] = (reason, handler = passing()) =>
    declareHandler(handler, { kind: 'public', reason })

  return {
    can: can as Can<S>,
    protect: (router, table) =>
      installRows(router, iam.table(table), (row) =>
        row.reason === undefined
          ? guarded((request) => iam.guardRow(row, request), iam, options)
          : passing(),
      ),
    publicRoute,
    publicStatic: (root, reason, rest) => publicRoute(reason, express.static(root, rest)),
    unguarded: <H extends (...call: never[]) => unknown>(reason: string, handler: H) =>
      declareHandler(handler, { kind: 'unguarded', reason }),
    covered,
    authorizeUpgrade: (action, rest) => upgradeGuard(iam, iam.route(action, rest)),
    errors,
    assertCovered,
  }
}

/** Middleware that goes on for the outcome `allowed` alone. */
function guarded(
  ask: (request: HttpRequest) => Outcome | Promise<Outcome>,
  iam: Pick<Iam, 'reply'>,
  { notFound }: GuardOptions,
): RequestHandler {
  return (req, res, next) =>
    andThen(ask(httpRequest(req)), (outcome) => {
      if (outcome.kind === 'allowed') {
        keepAccess(req, outcome.access)
        return next()
      }
      const refusal = new RefusalError(outcome, iam.reply(outcome))
      if (outcome.kind !== 'hidden') return next(refusal)
      return answerNotFound(refusal, notFound)(req, res, next)
    })
}

function passing(): RequestHandler {
  return (_req, _res, next) => next()
}
