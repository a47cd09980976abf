/**
 * The types that hold a route's path to its action's ARN.
 *
 * Shape   `can('docs:GetDocument')` is a {@link RouteMustBind} of the names in the ARN's template;
 *         Hono infers the path for what stands on the route, and a missing name does not compile.
 * Errors  None: types only. Where TypeScript cannot see the path, `assertCovered` checks it.
 *
 * @module
 */
import type { Context, Env, Next } from 'hono'
import type { ParamKeys } from 'hono/types'

/** Middleware for a route whose path binds these names. Anything else does not compile. */
export type RouteMustBind<Name extends string> = <E extends Env, P extends string>(
  c: Context<E, P> & Binds<Name, P>,
  next: Next,
) => Promise<void>

/** Names that are known one by one; never for `string`. */
export type Known<Name extends string> = string extends Name ? never : Name

type Binds<Name extends string, P extends string> = [Missing<Name, P>] extends [never]
  ? unknown
  : { readonly [N in `the path must bind :${Missing<Name, P>}`]: never }

type Missing<Name extends string, P extends string> = string extends P
  ? never
  : Exclude<Name, ParamKeys<P>>
