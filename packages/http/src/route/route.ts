/**
 * A route: what one endpoint does. It has no path; the framework matches.
 *
 * Shape   an action of one of the app's services, and where resource, tags and keys come from.
 * Errors  {@link RouteError} (`ERR_ROUTE_INVALID`) from {@link createRoute} and {@link checkRouteOptions}, at start-up.
 *
 * @module
 */
import type { AnyService, ContextEntries } from '@iamkit/core'
import { RouteError } from '../errors.js'
import { type Kinds, type KindsOf, wrongOption } from '../option-kinds.js'
import type { RouteRequest } from '../request.js'
import { findAction, type RouteAction } from './action.js'
import type { Loader } from './load.js'

/** `shadow`: decides and reports, and lets pass what it would refuse. */
export type Mode = 'enforce' | 'shadow'

/** What a stronger login is, for a caller who is refused for the lack of one (RFC 9470). */
export interface StepUp {
  /** The authentication context class that the login server should be asked for; several by spaces. */
  readonly acrValues: string
  /** Seconds that the login may lie back. Absent: not said. */
  readonly maxAge?: number
}

export interface RouteOptions<
  T = unknown,
  P extends string = string,
  C = ContextEntries,
  A extends string = string,
> {
  /**
   * The resource's ARN, where the path does not bind all that its template needs: a function of the
   * request, or `'loaded'` where the loader says it.
   */
  readonly arn?: 'loaded' | ((request: RouteRequest<P>) => string)
  /** Finds the object: its tags, its keys, and the value that the handler gets. */
  readonly resource?: Loader<T, P>
  /** Where the request's tags are: `bodyTags()`. The only source of `aws:RequestTag/…`. */
  readonly requestTags?: (request: RouteRequest<P>) => unknown
  /** Where the keys of the tags are that a request takes away: `bodyTagKeys()`. For actions that untag. */
  readonly tagKeys?: (request: RouteRequest<P>) => unknown
  /** The action's own condition keys that come with the request. The loader's override them. */
  readonly context?: (request: RouteRequest<P>) => C
  /** True where a caller without credentials is decided about as the anonymous principal. */
  readonly anonymous?: boolean
  /** Absent: the mode of the action's service, or of the app. */
  readonly mode?: Mode
  /**
   * `'notFound'`: a refusal, and a loader that finds nothing, are answered as the app answers what is
   * not there. Only callers who may perform `discover` hear that they may not.
   */
  readonly mask?: 'notFound'
  /** For a mask: the action by which a caller may know of the object. Absent: the route's own, if it reads. */
  readonly discover?: A
  /** Absent: the app's. Without either, a caller who lacks a second factor hears 403. */
  readonly stepUp?: StepUp
}

export interface Route<T = unknown> {
  readonly action: RouteAction
  readonly options: RouteOptions<T>
  /** Names that the path must bind. Empty where the ARN comes from elsewhere. */
  readonly params: readonly string[]
  /** The action by which a caller may know of the object; on a masked route alone. */
  readonly discover?: RouteAction
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
  if (options.mask === undefined) return Object.freeze({ action, options, params })
  const discover = findAction(services, options.discover ?? name)
  if (discover.resource?.resourceType !== action.resource?.resourceType) {
    throw new RouteError(
      name,
      `\`${discover.action}\` acts on another resource: \`discover\` must not`,
    )
  }
  return Object.freeze({ action, options, params, discover })
}

/** What a definition and a route say of each other, and must both say. */
function optionProblem(action: RouteAction, options: RouteOptions): string | undefined {
  return sourceProblem(action, options) ?? maskProblem(action, options) ?? modeProblem(options)
}

const KINDS: KindsOf<RouteOptions> = {
  resource: 'function',
  requestTags: 'function',
  tagKeys: 'function',
  context: 'function',
  arn: 'any',
  anonymous: 'boolean',
  mode: 'any',
  mask: 'any',
  discover: 'string',
  stepUp: 'any',
}

/** Options that `can` of some adapters reads, and that would mean nothing elsewhere. */
const READERS: ReadonlyMap<string, string> = new Map([
  ['parentParams', 'Express, Koa and Hono'],
  ['body', 'Hono'],
])

/**
 * Refuses options that neither a route has nor the adapter reads itself (`own`). A loader under a misspelt name would
 * leave the resource without tags, and no Deny would see them.
 */
export function checkRouteOptions(name: string, options: RouteOptions, own: Kinds = {}): void {
  const wrong = wrongOption('a route', options, { ...KINDS, ...own })
  if (wrong === undefined) return
  const { option, problem } = wrong
  const readers = Object.hasOwn(own, option) ? undefined : READERS.get(option)
  const why = readers ? `is read by \`can\` on ${readers} alone: leave it out` : problem
  throw new RouteError(name, `\`${option}\` ${why}`)
}

function sourceProblem(
  action: RouteAction,
  { arn, resource, requestTags, tagKeys, context }: RouteOptions,
): string | undefined {
  if (!action.resource && (arn || resource)) {
    return 'the action has no resource: leave out `arn` and `resource`'
  }
  if (arn !== undefined && arn !== 'loaded' && typeof arn !== 'function') {
    return '`arn` is a function of the request, or `loaded`'
  }
  if (arn === 'loaded' && !resource) return '`arn: "loaded"` needs a loader: add `resource`'
  if (requestTags && tagKeys)
    return 'a request brings tags or takes them away: leave out one of both'
  if ((requestTags || tagKeys) && !action.takesRequestTags) {
    return 'the action takes no request tags: add `requestTags: true` to its definition'
  }
  if (!requestTags && !tagKeys && action.takesRequestTags) {
    return 'the action takes request tags: say where they are, such as `requestTags: bodyTags()`, or `tagKeys` for an action that untags'
  }
  if (action.keys.length > 0 && !context && !resource) {
    return `the action sends ${action.keys.join(', ')}: add \`context\`, or a loader that answers it`
  }
  if (action.keys.length === 0 && context) {
    return 'the action sends no keys of its own: add `keys` to its definition, or leave out `context`'
  }
  return undefined
}

/** A mask that hides what the caller may read anyway would only be a wrong answer. */
function maskProblem(action: RouteAction, { mask, discover }: RouteOptions): string | undefined {
  if (mask === undefined) {
    return discover === undefined ? undefined : '`discover` is for a masked route: add `mask`'
  }
  if (mask !== 'notFound') return '`mask` can only be `notFound`'
  if (!action.resource) return 'the action has no resource that `mask` could hide'
  const isReading = action.access === 'Read' || action.access === 'List'
  if (isReading || discover !== undefined) return undefined
  return 'a masked route that writes needs `discover`: the action that reads, such as `docs:GetDocument`'
}

function modeProblem({ mode, stepUp }: RouteOptions): string | undefined {
  if (mode !== undefined && mode !== 'enforce' && mode !== 'shadow') {
    return '`mode` is `enforce` or `shadow`'
  }
  return stepUp && stepUpProblem(stepUp)
}

const STEP_UP_KINDS: KindsOf<StepUp> = { acrValues: 'any', maxAge: 'any' }

/** What is wrong with a step-up, whose values stand between quotes in a header. */
export function stepUpProblem(stepUp: StepUp): string | undefined {
  const wrong = wrongOption('a step-up', stepUp, STEP_UP_KINDS)
  if (wrong) return `\`${wrong.option}\` ${wrong.problem}`
  const { acrValues, maxAge } = stepUp
  if (
    typeof acrValues !== 'string' ||
    !/^[\x21\x23-\x5b\x5d-\x7e]+(?: [\x21\x23-\x5b\x5d-\x7e]+)*$/.test(acrValues)
  ) {
    return '`acrValues` must be ASCII words without quotes and backslashes'
  }
  if (maxAge === undefined || (Number.isInteger(maxAge) && maxAge >= 0)) return undefined
  return '`maxAge` must be whole seconds'
}

/** What keeps a path from filling the route's ARN. `bound`: names to which it binds one value each. */
export function pathProblem(route: Route, bound: readonly string[]): string | undefined {
  const missing = route.params.filter((name) => !bound.includes(name))
  if (missing.length === 0) return undefined
  const names = missing.map((name) => `\`:${name}\``).join(', ')
  return `\`${route.action.action}\` needs ${names}: bind it in the path, or add \`arn\``
}
