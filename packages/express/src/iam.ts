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
  type CoverageRow,
  type Iam,
  keepAccess,
  type Mark,
  markHandler,
  RouteError,
  type RouteOptions,
} from '@iamkit/http'
import type { ErrorRequestHandler, Express, RequestHandler, Router } from 'express'
import { assertCovered, type CoverageOptions } from './coverage.js'
import { errors, RefusalError } from './errors.js'
import { httpRequest } from './http-request.js'
import { answerNotFound } from './not-found.js'
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
  /** Says that everybody may call the route, and why. With a handler: wraps one that is no route. */
  readonly publicRoute: (reason: string, handler?: RequestHandler) => RequestHandler
  /** Lets a handler stand before the guard, and says why that is safe. */
  readonly unguarded: (reason: string, handler: RequestHandler) => RequestHandler
  /** Answers refusals. Put it behind all routes. */
  readonly errors: () => ErrorRequestHandler
  /** Prints the table of routes, and throws if one of them is open. */
  readonly assertCovered: (
    app: Express | Router,
    options?: CoverageOptions,
  ) => readonly CoverageRow[]
}

export interface GuardOptions {
  /** Answers on masked routes, as it answers what is not there. Absent: Express's own page. */
  readonly notFound?: RequestHandler
}

/** Binds the app's one instance to Express. */
export function guard<const S extends AnyService>(
  iam: Iam<S>,
  { notFound }: GuardOptions = {},
): Guard<S> {
  const can = <A extends ActionOf<S>>(
    action: A,
    options?: RouteOptions<unknown, string, ContextOf<S, A>, ActionOf<S>>,
  ): RequestHandler => {
    const route = iam.route(action, options)
    const decide: RequestHandler = async (req, res, next) => {
      const outcome = await iam.guard(route, httpRequest(req))
      if (outcome.kind === 'allowed') {
        keepAccess(req, outcome.access)
        return next()
      }
      const refusal = new RefusalError(outcome, iam.reply(outcome))
      if (outcome.kind !== 'hidden') return next(refusal)
      return answerNotFound(refusal, notFound)(req, res, next)
    }
    return markHandler(decide, { kind: 'guard', route })
  }

  return {
    can: can as Can<S>,
    publicRoute: (reason, handler) => declared({ kind: 'public', reason }, handler),
    unguarded: (reason, handler) => declared({ kind: 'unguarded', reason }, handler),
    errors,
    assertCovered,
  }
}

/** Does what the handler does, or nothing, and carries a mark that `assertCovered` reads. */
function declared(
  mark: Extract<Mark, { reason: string }>,
  handler: RequestHandler = (_req, _res, next) => next(),
): RequestHandler {
  if (mark.reason.trim() === '') throw new RouteError(mark.kind, 'say why in a few words')
  return markHandler<RequestHandler>((req, res, next) => handler(req, res, next), mark)
}
