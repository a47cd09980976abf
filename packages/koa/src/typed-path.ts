/**
 * The types that hold a route's path to its action's ARN.
 *
 * Shape   `@koa/router` does not tell its handlers the path; {@link at} does. `can('docs:GetDocument')` is a
 *         {@link RouteGuard} of the names in the ARN's template, and one that the path lacks does not compile.
 * Errors  None: types only. Where TypeScript cannot see the path, `assertCovered` checks it.
 *
 * @module
 */
import type { Middleware, Next, ParameterizedContext } from 'koa'
import type { AccessState } from './access.js'

declare const names: unique symbol

/** Middleware for a route whose path binds these names. */
export type RouteGuard<Name extends string = string, T = unknown> = Middleware<AccessState<T>> & {
  /** For the compiler alone; no function has it. */
  readonly [names]?: Name
}

/** What a handler behind a guard gets: parameters by the names in the path, and the access in its state. */
export type GuardedContext<Path extends string, T> = ParameterizedContext<
  AccessState<T>,
  { params: Readonly<Record<NamesIn<Path>, string>> }
>

type Handler<Path extends string, T> = (ctx: GuardedContext<Path, T>, next: Next) => unknown

/**
 * Holds the path of a route to its guard: a path that does not bind what the ARN needs does not compile.
 *
 * @example
 * ```ts
 * router.get(...at('/documents/:documentId', can('docs:GetDocument'), (ctx) => {
 *   ctx.body = ctx.params.documentId
 * }))
 * ```
 */
export function at<const Path extends string, Name extends string, T>(
  path: Path,
  guard: RouteGuard<Name, T> & Binds<Exclude<Name, NamesIn<Path>>, Path>,
  ...handlers: readonly Handler<Path, T>[]
): [path: Path, guard: Middleware, ...handlers: Middleware[]] {
  return [path, guard as Middleware, ...(handlers as readonly Middleware[])]
}

/** Names that are known one by one; never for `string`. */
export type Known<Name extends string> = string extends Name ? never : Name

type Binds<Missing extends string, Path> = string extends Path
  ? unknown
  : [Missing] extends [never]
    ? unknown
    : { readonly [N in `the path must bind :${Missing}`]: never }

/** Names that a path binds in every request; optional groups and wildcards are left out. */
type NamesIn<Path extends string> = string extends Path ? string : NamesOf<WithoutOptional<Path>>

type WithoutOptional<Path extends string> = Path extends `${infer Head}{${string}}${infer Tail}`
  ? `${Head}${WithoutOptional<Tail>}`
  : Path

type NamesOf<Path extends string> = Path extends `${string}:${infer Rest}`
  ? Word<Rest> | NamesOf<Rest>
  : never

/** The name at the beginning of a text: up to what ends a name in every version of the router. */
type Word<Text extends string> = Text extends `${infer Head}${End}${string}` ? Word<Head> : Text

type End = '/' | '.' | '-' | ':' | '(' | '?' | '*' | '+' | '{' | '\\' | '~' | ',' | ';' | '@'
