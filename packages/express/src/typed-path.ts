/**
 * The types that hold a route's path to its action's ARN.
 *
 * Shape   `can('docs:GetDocument')` is a {@link RouteMustBind} of the names in the ARN's template;
 *         Express infers the path's parameters for a handler that is written in place behind the
 *         guard, and a missing name does not compile.
 * Errors  None: types only. Where TypeScript cannot see the path, `assertCovered` checks it.
 *
 * @module
 */
import type { NextFunction, Request, Response } from 'express'

/** Middleware for a route whose path binds these names. Anything else does not compile. */
export type RouteMustBind<Name extends string> = <P>(
  req: Request<P> & Binds<Name, P>,
  res: Response,
  next: NextFunction,
) => Promise<void>

/** Names that are known one by one; never for `string`. */
export type Known<Name extends string> = string extends Name ? never : Name

type Binds<Name extends string, P> = [Missing<Name, P>] extends [never]
  ? unknown
  : { readonly [N in `the path must bind :${Missing<Name, P>}`]: never }

type Missing<Name extends string, P> = string extends keyof P ? never : Exclude<Name, keyof P>
