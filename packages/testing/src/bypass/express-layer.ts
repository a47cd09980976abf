/**
 * What Express 5 keeps of an app's routes, as far as it can be read: structure alone, no import.
 *
 * Errors  None.
 * Source  `router`, `lib/layer.js` and `lib/route.js`, versions 2.0 to 2.3; `express`, `lib/application.js`.
 *
 * @module
 */
import { markOf } from '@iamkit/http'

export type Next = (error?: unknown) => void
export type Handle = (req: object, res: object, next: Next) => unknown

export interface Layer {
  readonly name?: string
  /** The router reads it at each request, so that another can stand in its place. */
  handle: Handle
  /** In lower case; absent for every method. Set on the layers of a route. */
  readonly method?: string | undefined
  readonly route?: RouteRecord | undefined
  /** Absent before router 2.3. */
  readonly rawPath?: unknown
  /** True for middleware without a path. */
  readonly slash?: boolean
}

export interface RouteRecord {
  readonly path: unknown
  readonly stack: readonly Layer[]
  /** In lower case; `_all` for every method. */
  readonly methods: Readonly<Record<string, boolean>>
}

export interface RouterRecord {
  readonly stack: readonly Layer[]
}

/** The router in a thing: a router itself, or the one that an Express app keeps. */
export function routerIn(thing: unknown): RouterRecord | undefined {
  if (typeof thing !== 'function') return undefined
  const { stack, router } = thing as { stack?: unknown; router?: unknown }
  if (Array.isArray(stack)) return thing as unknown as RouterRecord
  return typeof router === 'function' && router !== thing ? routerIn(router) : undefined
}

/** The router in a layer: one that is mounted, that of an app in `covered`, or that of a mounted app. */
export function innerRouter({ handle, name }: Layer): RouterRecord | undefined {
  const mark = markOf(handle)
  if (mark?.kind === 'covered') return routerIn(mark.app)
  return routerIn(name === 'mounted_app' ? mountedApp(handle) : handle)
}

/**
 * The app behind the function with which Express mounts it. Its first step is to make the request one of
 * its own, by prototype: a request that only listens for this learns the app, and no handler runs.
 */
function mountedApp(handle: Handle): unknown {
  let app: unknown
  const stop = new Error('the mounted app is known')
  const request = new Proxy(
    {},
    {
      setPrototypeOf: (_target, prototype) => {
        app = (prototype as { readonly app?: unknown } | null)?.app
        throw stop
      },
    },
  )
  try {
    handle(request, { setHeader: () => {} }, () => {})
  } catch (error) {
    if (error !== stop) throw error
  }
  return app
}

/** Parsers of Express itself read and decide nothing. */
export function isBodyParser({ name }: Layer): boolean {
  return /^(?:json|urlencoded|raw|text)Parser$/.test(name ?? '')
}

/** Express tells them by their four parameters. */
export function isErrorHandler({ handle }: Layer): boolean {
  return handle.length === 4
}
