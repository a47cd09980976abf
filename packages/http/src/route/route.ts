/**
 * A route: what one endpoint does. It has no path; the framework matches.
 *
 * Shape   an action of one of the app's services, and where resource, tags and keys come from.
 * Errors  {@link RouteError} (`ERR_ROUTE_INVALID`) from {@link createRoute}, at start-up.
 *
 * @module
 */
import type { AnyService, ContextEntries } from '@iamkit/core'
import { RouteError } from '../errors.js'
import type { RouteRequest } from '../request.js'
import { findAction, type RouteAction } from './action.js'
import type { Loader } from './load.js'

export interface RouteOptions<T = unknown, P extends string = string, C = ContextEntries> {
  /**
   * The resource's ARN, where the path does not bind all that its template needs: a function of the
   * request, or `'loaded'` where the loader says it.
   */
  readonly arn?: 'loaded' | ((request: RouteRequest<P>) => string)
  /** Finds the object: its tags, its keys, and the value that the handler gets. */
  readonly resource?: Loader<T, P>
  /** Where the request's tags are: `bodyTags()`. The only source of `aws:RequestTag/…`. */
  readonly requestTags?: (request: RouteRequest<P>) => unknown
  /** The action's own condition keys that come with the request. The loader's override them. */
  readonly context?: (request: RouteRequest<P>) => C
  /** True where a caller without credentials is decided about as the anonymous principal. */
  readonly anonymous?: boolean
}

export interface Route<T = unknown> {
  readonly action: RouteAction
  readonly options: RouteOptions<T>
  /** Names that the path must bind. Empty where the ARN comes from elsewhere. */
  readonly params: readonly string[]
}

/** Checks a route against the app's services. */
export function createRoute<T>(
  services: readonly AnyService[],
  name: string,
  options: RouteOptions<T> = {},
): Route<T> {
  const action = findAction(services, name)
  const problem = optionProblem(action, options)
  if (problem !== undefined) throw new RouteError(name, problem)
  const params = options.arn === undefined ? (action.resource?.params ?? []) : []
  return Object.freeze({ action, options, params })
}

/** What a definition and a route say of each other, and must both say. */
function optionProblem(
  action: RouteAction,
  { arn, resource, requestTags, context }: RouteOptions,
): string | undefined {
  if (!action.resource && (arn || resource)) {
    return 'the action has no resource: leave out `arn` and `resource`'
  }
  if (arn === 'loaded' && !resource) return '`arn: "loaded"` needs a loader: add `resource`'
  if (requestTags && !action.takesRequestTags) {
    return 'the action takes no request tags: add `requestTags: true` to its definition'
  }
  if (!requestTags && action.takesRequestTags) {
    return 'the action takes request tags: say where they are, such as `requestTags: bodyTags()`'
  }
  if (action.keys.length > 0 && !context && !resource) {
    return `the action sends ${action.keys.join(', ')}: add \`context\`, or a loader that answers it`
  }
  if (action.keys.length === 0 && context) {
    return 'the action sends no keys of its own: add `keys` to its definition, or leave out `context`'
  }
  return undefined
}

/** What keeps a path from filling the route's ARN. `bound`: names to which it binds one value each. */
export function pathProblem(route: Route, bound: readonly string[]): string | undefined {
  const missing = route.params.filter((name) => !bound.includes(name))
  if (missing.length === 0) return undefined
  const names = missing.map((name) => `\`:${name}\``).join(', ')
  return `\`${route.action.action}\` needs ${names}: bind it in the path, or add \`arn\``
}
