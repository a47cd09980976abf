/**
 * The guard as Koa middleware.
 *
 * Shape   {@link guard} binds an {@link Iam}; what it gives hangs on routes, never on paths or names.
 * Errors  {@link RouteError} (`ERR_ROUTE_INVALID`) from `can`, at start-up. At run time a refusal is a
 *         {@link RefusalError}, thrown.
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
  markHandler,
  type Outcome,
  RefusalError,
  type RouteOptions,
  type RouteTable,
} from '@iamkit/http'
import { type UpgradeGuard, upgradeGuard } from '@iamkit/http/node'
import type Koa from 'koa'
import type { Middleware } from 'koa'
import { type AccessContext, allow } from './access.js'
import { assertCovered, type Coverable, type CoverageOptions } from './coverage.js'
import { covered } from './covered.js'
import { errors } from './errors.js'
import { httpRequest } from './http-request.js'
import { installRows, type Registering } from './protect.js'
import type { Known, RouteGuard } from './typed-path.js'

/** {@link RouteOptions}, and what TypeScript cannot see of a Koa route. */
export interface CanOptions<T, P extends string, C, A extends string = string>
  extends RouteOptions<T, P, C, A> {
  /** Names that the prefix of the router binds, or a router around it. */
  readonly parentParams?: readonly string[]
}

/** Makes a guard for a route. The second form is for an ARN that the path does not say. */
export interface Can<S extends AnyService> {
  <
    A extends ActionOf<S>,
    P extends string = keyof ParamsOf<S, A> & string,
    T = undefined,
    const Parent extends string = never,
  >(
    action: A,
    options?: CanOptions<T, P, ContextOf<S, A>, ActionOf<S>> & {
      readonly arn?: never
      readonly parentParams?: readonly Parent[]
    },
  ): RouteGuard<Exclude<(keyof ParamsOf<S, A> & string) | Known<P>, Parent>, T>
  <
    A extends ActionOf<S>,
    P extends string = string,
    T = undefined,
    const Parent extends string = never,
  >(
    action: A,
    options: CanOptions<T, P, ContextOf<S, A>, ActionOf<S>> &
      Required<Pick<RouteOptions<T, P>, 'arn'>> & { readonly parentParams?: readonly Parent[] },
  ): RouteGuard<Exclude<Known<P>, Parent>, T>
}

export interface Guard<S extends AnyService> {
  /** Decides, and lets only allowed requests reach what stands behind it on the route. */
  readonly can: Can<S>
  /** Guards the routes of a router by a table: call it before they are added. */
  readonly protect: (router: Registering, table: RouteTable<S>) => void
  /** Says that everybody may call the route, and why. With a handler: wraps one that is no route. */
  readonly publicRoute: (reason: string, handler?: Middleware) => Middleware
  /** Lets a handler stand before the guard, and says why that is safe. */
  readonly unguarded: (reason: string, handler: Middleware) => Middleware
  /** Lets middleware that serves files to everybody do so, and says why. */
  readonly publicStatic: (files: Middleware, reason: string) => Middleware
  /** Uses an app so that `assertCovered` can look into it. */
  readonly covered: (app: Koa) => Middleware
  /** Guards an `upgrade`, which does not come through Koa. */
  readonly authorizeUpgrade: <A extends ActionOf<S>, T = undefined>(
    action: A,
    options?: RouteOptions<T, keyof ParamsOf<S, A> & string, ContextOf<S, A>, ActionOf<S>>,
  ) => UpgradeGuard<T>
  /** Answers refusals. Put it before all routes. */
  readonly errors: () => Middleware
  /** Prints the table of routes, and throws if one of them is open. */
  readonly assertCovered: (app: Coverable, options?: CoverageOptions) => readonly CoverageRow[]
}

export interface GuardOptions {
  /** Answers on masked routes, as it answers what is not there. Absent: Koa's own 404. */
  readonly notFound?: Middleware
}

const KINDS: KindsOf<GuardOptions> = { notFound: 'function' }
/** Options of a route that this adapter reads itself. */
const OWN = { parentParams: 'list' } as const

/** Binds the app's one instance to Koa. */
export function guard<const S extends AnyService>(
  iam: Iam<S>,
  options: GuardOptions = {},
): Guard<S> {
  checkGuard(iam, options, KINDS)
  const can = <A extends ActionOf<S>>(
    action: A,
    routeOptions?: RouteOptions<unknown, string, ContextOf<S, A>, ActionOf<S>>,
  ): Middleware => {
    const route = iam.route(action, routeOptions, OWN)
    const decide = guarded((request) => iam.guard(route, request), { ...options, iam })
    return markHandler(decide, { kind: 'guard', route })
  }

  return {
    can: can as Can<S>,
    protect: (router, table) =>
      installRows(router, iam.table(table), (row, method) => {
        if (row.reason !== undefined) return passing()
        return guarded((request) => iam.guardRow(row, request), { ...options, iam, method })
      }),
    publicRoute: (reason, handler = passing()) =>
      declareHandler(handler, { kind: 'public', reason }),
    publicStatic: (files, reason) => declareHandler(files, { kind: 'public', reason }),
    unguarded: (reason, handler) => declareHandler(handler, { kind: 'unguarded', reason }),
    covered,
    authorizeUpgrade: (action, rest) => upgradeGuard(iam, iam.route(action, rest)),
    errors,
    assertCovered,
  }
}

interface GuardedSettings extends GuardOptions {
  readonly iam: Pick<Iam, 'reply'>
  /** The method that is decided about. Absent: the request's. */
  readonly method?: string
}

/** Middleware that goes on for the outcome `allowed` alone. */
function guarded(
  ask: (request: HttpRequest) => Outcome | Promise<Outcome>,
  { iam, method, notFound }: GuardedSettings,
): Middleware {
  return (ctx, next) => {
    return andThen(ask(httpRequest(ctx, method)), (outcome) => {
      if (outcome.kind === 'allowed') {
        allow(ctx as AccessContext & typeof ctx, outcome.access)
        return next()
      }
      if (outcome.kind !== 'hidden') throw new RefusalError(outcome, iam.reply(outcome))
      // Koa answers 404 where nothing has answered. The app's own answer has nowhere to go on to.
      return notFound?.(ctx, () => Promise.resolve())
    })
  }
}

function passing(): Middleware {
  return (_ctx, next) => next()
}
