/**
 * A route as Fastify's `onRoute` hook tells it.
 *
 * Shape   one object a route, which later hooks may change until the app is ready.
 * Errors  None.
 *
 * @module
 */

export interface RouteRecord {
  /** In upper case. */
  readonly method: string | readonly string[]
  /** With the prefixes of the plugins around. */
  readonly url: string
  preHandler?: unknown
  readonly handler: unknown
}

/** The little of an app, or of a plugin's instance, that iamkit uses. */
export interface Hooked {
  /** Of the plugin; empty for the app. */
  readonly prefix: string
  addHook(name: 'onRoute', hook: (route: RouteRecord) => void): unknown
  addHook(name: 'onReady', hook: () => Promise<void>): unknown
  printRoutes(): string
}

export function methodsOf({ method }: RouteRecord): readonly string[] {
  return [method].flat()
}

/** The route's own hooks of this stage, in the order in which they run. */
export function preHandlersOf({ preHandler }: RouteRecord): readonly unknown[] {
  return preHandler === undefined || preHandler === null ? [] : [preHandler].flat()
}
