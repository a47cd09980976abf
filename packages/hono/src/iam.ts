/**
 * The guard as Hono middleware.
 *
 * Shape   {@link guard} binds an {@link Iam}; what it gives hangs on routes, never on paths.
 * Errors  {@link RouteError} (`ERR_ROUTE_INVALID`) from `can` and {@link IamOptionsError}
 *         (`ERR_IAM_OPTIONS_INVALID`) from {@link guard}, at start-up. At run time a refusal is a
 *         {@link RefusalError} that is thrown.
 *
 * @module
 */
import type { ActionOf, AnyService, ContextOf, ParamsOf } from '@iamkit/core'
import {
  type CoverageRow,
  checkGuard,
  declareHandler,
  type HttpRequest,
  type Iam,
  IamOptionsError,
  type KindsOf,
  markHandler,
  type Outcome,
  type RouteOptions,
  type RouteTable,
} from '@iamkit/http'
import type { Env, ErrorHandler, Hono, MiddlewareHandler, Schema } from 'hono'
import { allow } from './access.js'
import type { ReadConnection } from './connection.js'
import { assertCovered, type CoverageOptions, type Routed } from './coverage.js'
import { errors, RefusalError } from './errors.js'
import { httpRequest } from './http-request.js'
import { installRows } from './protect.js'
import { readBody } from './read-body.js'
import type { Known, RouteMustBind } from './typed-path.js'

/** {@link RouteOptions}, and what Hono leaves to a route. */
export interface CanOptions<P extends string, C, Parent extends string, A extends string = string>
  extends RouteOptions<unknown, P, C, A> {
  /** Names that the path binds at which this app is mounted. */
  readonly parentParams?: readonly Parent[]
  /**
   * `'json'`: the guard reads the body, and the handler can read it again. Absent: where the route has
   * `requestTags`, `tagKeys` or `context`. `'unread'`: it is the handler's alone, such as an upload.
   */
  readonly body?: 'json' | 'unread'
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
  /** Guards the routes of an app by a table: call it before they are added. */
  readonly protect: <E extends Env, T extends Schema, B extends string>(
    app: Hono<E, T, B>,
    table: RouteTable<S>,
  ) => void
  /** Says that everybody may call the route, and why. */
  readonly publicRoute: (reason: string) => MiddlewareHandler
  /** Lets middleware that serves files to everybody do so, and says why. */
  readonly publicStatic: (files: MiddlewareHandler, reason: string) => MiddlewareHandler
  /** Lets middleware stand before the guard, and says why that is safe. */
  readonly unguarded: (reason: string, handler: MiddlewareHandler) => MiddlewareHandler
  /** For `onError`: answers refusals, and gives other errors to the app's own handler. */
  readonly errors: (other?: ErrorHandler) => ErrorHandler
  /** Prints the table of routes, and throws if one of them is open. */
  readonly assertCovered: (app: Routed, options?: CoverageOptions) => readonly CoverageRow[]
}

export interface GuardOptions {
  /** How to read what only the runtime knows: `nodeConnection`, or a function of your own. */
  readonly connection: ReadConnection
  /** The most bytes of a body that a guard reads. Absent: 102400. */
  readonly bodyLimit?: number
}

const KINDS: KindsOf<GuardOptions> = { connection: 'any', bodyLimit: 'number' }
/** Options of a route that this adapter reads itself. */
const OWN = { parentParams: 'list', body: 'string' } as const

/** Binds the app's one instance to Hono. */
export function guard<const S extends AnyService>(iam: Iam<S>, options: GuardOptions): Guard<S> {
  checkGuard(iam, options ?? {}, KINDS)
  if (typeof (options as Partial<GuardOptions> | undefined)?.connection !== 'function') {
    throw new IamOptionsError('connection', 'say how to read the connection: `nodeConnection`')
  }
  const limit = options.bodyLimit ?? 102_400
  const can = <A extends ActionOf<S>>(
    action: A,
    routeOptions: CanOptions<string, ContextOf<S, A>, string, ActionOf<S>> = {},
  ): MiddlewareHandler => {
    const route = iam.route(action, routeOptions, OWN)
    const decide = guarded((request) => iam.guard(route, request), iam, {
      ...options,
      limit: readsBody(routeOptions) ? limit : undefined,
    })
    return markHandler(decide, { kind: 'guard', route })
  }

  return {
    can: can as Can<S>,
    protect: (app, table) =>
      installRows(app, iam.table(table, { body: OWN.body }), (row) => {
        if (row.reason !== undefined) return passing()
        const isRead = Object.values(row.routes).some((route) => readsBody(route.options))
        const how = { ...options, limit: isRead ? limit : undefined }
        return guarded((request) => iam.guardRow(row, request), iam, how)
      }),
    publicRoute: (reason) => declareHandler(passing(), { kind: 'public', reason }),
    publicStatic: (files, reason) => declareHandler(files, { kind: 'public', reason }),
    unguarded: (reason, handler) => declareHandler(handler, { kind: 'unguarded', reason }),
    errors,
    assertCovered,
  }
}

interface BodyReaders {
  readonly body?: unknown
  readonly requestTags?: unknown
  readonly tagKeys?: unknown
  readonly context?: unknown
}

/** What the handler may keep of a body must be what was decided about. */
function readsBody({ body, requestTags, tagKeys, context }: BodyReaders): boolean {
  if (body !== undefined) return body !== 'unread'
  return [requestTags, tagKeys, context].some((reads) => reads !== undefined)
}

interface Reading {
  readonly connection: ReadConnection
  /** Bytes. Undefined where the body is the handler's alone. */
  readonly limit: number | undefined
}

/** Middleware that goes on for the outcome `allowed` alone. */
function guarded(
  ask: (request: HttpRequest) => Outcome | Promise<Outcome>,
  iam: Pick<Iam, 'reply'>,
  { connection, limit }: Reading,
): MiddlewareHandler {
  return async (c, next) => {
    const body = limit === undefined ? undefined : await readBody(c, limit)
    const outcome = await ask(httpRequest(c, connection, body))
    if (outcome.kind === 'allowed') {
      allow(c, outcome.access)
      return next()
    }
    if (outcome.kind === 'hidden') return c.notFound()
    throw new RefusalError(outcome, iam.reply(outcome))
  }
}

function passing(): MiddlewareHandler {
  return (_c, next) => next()
}
