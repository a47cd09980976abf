/**
 * What crosses packages at run time: the guard's mark on a handler, the access on a request, the routes of an app
 * that does not list them itself.
 *
 * Shape   properties under `Symbol.for('iamkit.…')`, so that two copies of a package see each other's.
 * Errors  None.
 *
 * @module
 */
import type { Route } from '../route/route.js'
import type { TableRow } from '../route/table.js'
import type { Access } from './outcome.js'

/** What a handler is, to whoever checks that every route is covered. */
export type Mark =
  /** It decides; what stands behind it runs only if allowed. */
  | { readonly kind: 'guard'; readonly route: Route }
  /** It is a row of the route table: it decides about routes of the same path behind it. */
  | { readonly kind: 'row'; readonly row: TableRow }
  /** It is an app of its own, which is looked into. */
  | { readonly kind: 'covered'; readonly app: unknown }
  /** It says that everybody may call. */
  | { readonly kind: 'public'; readonly reason: string }
  /** It may run before the guard. */
  | { readonly kind: 'unguarded'; readonly reason: string }
  /** It answers refusals. */
  | { readonly kind: 'errors' }

const MARK = Symbol.for('iamkit.mark')
const ACCESS = Symbol.for('iamkit.access')
const ROUTES = Symbol.for('iamkit.routes')

/** A route that an app was heard to add. */
export interface KeptRoute {
  /** In upper case. */
  readonly methods: readonly string[]
  /** As the app's router has it. */
  readonly path: string
  /** What stands before its handler, in the order in which it runs. Whole when the app is ready. */
  readonly preHandlers: () => readonly unknown[]
}

/** Marks a handler, for good. */
export function markHandler<H extends object>(handler: H, mark: Mark): H {
  return Object.defineProperty(handler, MARK, { value: Object.freeze(mark) })
}

/** The mark on a handler, if it has one. */
export function markOf(handler: unknown): Mark | undefined {
  if (typeof handler !== 'function' || !Object.hasOwn(handler, MARK)) return undefined
  return (handler as { [MARK]?: Mark })[MARK]
}

/** Keeps what an allowed handler may read on the framework's own request. Set as it is, which takes a tenth of defining it. */
export function keepAccess(request: object, access: Access): void {
  const kept: { [ACCESS]?: Access } = request
  kept[ACCESS] = access
}

/** What was kept, or undefined where no guard has allowed the request. */
export function keptAccess(request: object): Access | undefined {
  return Object.hasOwn(request, ACCESS) ? (request as { [ACCESS]?: Access })[ACCESS] : undefined
}

/** Keeps on the app itself a list that may still grow. */
export function keepRoutes(app: object, routes: readonly KeptRoute[]): void {
  Object.defineProperty(app, ROUTES, { value: routes, configurable: true })
}

/** What was kept; empty where nobody has listened. */
export function keptRoutes(app: object): readonly KeptRoute[] {
  return Object.hasOwn(app, ROUTES)
    ? ((app as { [ROUTES]?: readonly KeptRoute[] })[ROUTES] ?? [])
    : []
}
