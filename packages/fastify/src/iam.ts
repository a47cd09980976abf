/**
 * The guard as a `preHandler` hook of Fastify.
 *
 * Shape   {@link guard} binds an {@link Iam}; what it gives hangs on routes, never on paths.
 * Errors  {@link RouteError} (`ERR_ROUTE_INVALID`) from `can`, at start-up. At run time a refusal is a
 *         {@link RefusalError} given to Fastify.
 *
 * @module
 */
import type { ActionOf, AnyService, ContextOf, ParamsOf } from '@iamkit/core'
import {
  andThen,
  checkGuard,
  declareHandler,
  type HttpRequest,
  type Iam,
  markHandler,
  type Outcome,
  RefusalError,
  type RouteOptions,
  type RouteTable,
} from '@iamkit/http'
import { type UpgradeGuard, upgradeGuard } from '@iamkit/http/node'
import type { FastifyPluginAsync, FastifyPluginCallback } from 'fastify'
import { allow } from './access.js'
import { assertCovered, type CoverageOptions } from './coverage.js'
import { type ErrorHandler, errors } from './errors.js'
import { httpRequest, type MatchedRequest } from './http-request.js'
import { installRows } from './protect.js'
import { declaredPlugin } from './public-static.js'
import type { Hooked } from './route-record.js'

/** For `preHandler`, alone or in a list. `proceed` is called for a request that may pass, or with an error. */
export type GuardHook = (
  request: MatchedRequest,
  reply: { callNotFound(): unknown },
  proceed: (error?: Error) => void,
) => void

/** What may stand before a guard: a hook as Fastify takes it. */
export type PreHandler = (this: never, ...call: never[]) => unknown

/** A plugin of either kind. */
export type FastifyPlugin<Options extends object> =
  | FastifyPluginAsync<Options>
  | FastifyPluginCallback<Options>

/** Makes a guard for a route. The second form is for an ARN that the path does not say. */
export interface Can<S extends AnyService> {
  <A extends ActionOf<S>, P extends string = keyof ParamsOf<S, A> & string>(
    action: A,
    options?: RouteOptions<unknown, P, ContextOf<S, A>, ActionOf<S>> & { readonly arn?: never },
  ): GuardHook
  <A extends ActionOf<S>, P extends string = string>(
    action: A,
    options: RouteOptions<unknown, P, ContextOf<S, A>, ActionOf<S>> &
      Required<Pick<RouteOptions<unknown, P>, 'arn'>>,
  ): GuardHook
}

export interface Guard<S extends AnyService> {
  /** Decides, and lets only allowed requests reach what stands behind it on the route. */
  readonly can: Can<S>
  /** Guards the routes of an app or plugin by a table: call it before they are added. */
  readonly protect: (app: Hooked, table: RouteTable<S>) => void
  /** Says that everybody may call the route, and why. */
  readonly publicRoute: (reason: string) => GuardHook
  /** A plugin that serves files, such as `@fastify/static`: lets everybody read them, and says why. */
  readonly publicStatic: <Options extends object>(
    files: FastifyPlugin<Options>,
    reason: string,
  ) => FastifyPluginAsync<Options>
  /** Guards an `upgrade` that does not come through a route of Fastify. */
  readonly authorizeUpgrade: <A extends ActionOf<S>, T = undefined>(
    action: A,
    options?: RouteOptions<T, keyof ParamsOf<S, A> & string, ContextOf<S, A>, ActionOf<S>>,
  ) => UpgradeGuard<T>
  /** Lets a hook stand before the guard, and says why that is safe. */
  readonly unguarded: <H extends PreHandler>(reason: string, hook: H) => H
  /** For `setErrorHandler`: answers refusals, and gives other errors to the app's own handler. */
  readonly errors: (other?: ErrorHandler) => ErrorHandler
  /** Before the first route: prints the table when the app is ready, and fails it if a route is open. */
  readonly assertCovered: (app: Hooked, options?: CoverageOptions) => void
}

/** Binds the app's one instance to Fastify. */
export function guard<const S extends AnyService>(
  iam: Iam<S>,
  ...none: readonly never[]
): Guard<S> {
  checkGuard(iam, none[0] ?? {}, {})
  const can = <A extends ActionOf<S>>(
    action: A,
    options?: RouteOptions<unknown, string, ContextOf<S, A>, ActionOf<S>>,
  ): GuardHook => {
    const route = iam.route(action, options)
    const decide = guarded((request) => iam.guard(route, request), iam)
    return markHandler(decide, { kind: 'guard', route })
  }

  const publicRoute: Guard<S>['publicRoute'] = (reason) =>
    declareHandler(passing(), { kind: 'public', reason })

  return {
    can: can as Can<S>,
    protect: (app, table) =>
      installRows(app, iam.table(table), (row) =>
        row.reason === undefined
          ? guarded((request) => iam.guardRow(row, request), iam)
          : passing(),
      ),
    publicRoute,
    publicStatic: (files, reason) => {
      const everybody = publicRoute(reason)
      return declaredPlugin(files, everybody)
    },
    authorizeUpgrade: (action, rest) => upgradeGuard(iam, iam.route(action, rest)),
    unguarded: (reason, hook) => declareHandler(hook, { kind: 'unguarded', reason }),
    errors,
    assertCovered,
  }
}

/**
 * A hook that goes on for the outcome `allowed` alone. It is a callback, not a promise: what follows a promise
 * that is kept, Fastify runs too, and an app whose caller has hung up would answer a mask twice.
 */
function guarded(
  ask: (request: HttpRequest) => Outcome | Promise<Outcome>,
  iam: Pick<Iam, 'reply'>,
): GuardHook {
  return (request, reply, proceed) => {
    const settle = (outcome: Outcome): undefined => {
      if (outcome.kind === 'hidden') {
        reply.callNotFound()
        return
      }
      const isAllowed = outcome.kind === 'allowed'
      if (isAllowed) allow(request, outcome.access)
      proceed(isAllowed ? undefined : new RefusalError(outcome, iam.reply(outcome)))
    }
    andThen(ask(httpRequest(request)), settle)?.catch(proceed)
  }
}

function passing(): GuardHook {
  return (_request, _reply, proceed) => proceed()
}
