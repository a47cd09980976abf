/**
 * The guard: from a request on its route to an outcome, step by step.
 *
 * Shape   who → what → its tags and keys → which policies → decide.
 * Errors  None: whatever is thrown becomes an outcome that refuses.
 * Source  Specification 4.3 and 5.5.
 *
 * @module
 */
import { type ContextEntries, requestTagEntries, type Tags } from '@iamkit/core'
import { ownEntries } from '../context/own-keys.js'
import { connectionEntries } from '../context/request-keys.js'
import { isRequestError } from '../errors.js'
import type { Identity } from '../identity/identity.js'
import { type HttpRequest, type RouteRequest, routeRequest } from '../request.js'
import type { LoadedResource } from '../route/load.js'
import { checkResource, fillResource } from '../route/resource-template.js'
import type { Route } from '../route/route.js'
import { type DecideSettings, decide } from './decide.js'
import type { FaultEvent } from './fault.js'
import { findPolicies, identify, load, loadedEntries, type Sources } from './gather.js'
import { type Outcome, plainTags } from './outcome.js'
import { UnavailableError } from './time-limit.js'

export interface GuardSettings extends DecideSettings, Sources {
  /** The account that owns what a loader does not say otherwise of. */
  readonly account: string
  readonly onFault: (event: FaultEvent) => void
}

const ANONYMOUS: Identity = { principal: { type: 'anonymous' } }

export async function guardRequest<T>(
  settings: GuardSettings,
  route: Route<T>,
  request: HttpRequest,
): Promise<Outcome<T>> {
  const id = crypto.randomUUID()
  try {
    const found = await identify(settings, request)
    const identity = found ?? (route.options.anonymous ? ANONYMOUS : undefined)
    const challenge = settings.identify.challenge ?? 'Bearer'
    if (identity === undefined) return { kind: 'unauthenticated', id, challenge }
    if ('problem' in identity) {
      return { kind: 'unauthenticated', id, challenge, credentials: identity }
    }
    return await authorize(settings, route, { id, identity, request })
  } catch (cause) {
    return refusal(settings, { id, action: route.action.action, cause })
  }
}

interface Caller {
  readonly id: string
  readonly identity: Identity
  readonly request: HttpRequest
}

async function authorize<T>(
  settings: GuardSettings,
  route: Route<T>,
  { id, identity, request }: Caller,
): Promise<Outcome<T>> {
  const { principal } = identity
  const onRoute = routeRequest(request)
  const asked = readRequest(route, onRoute)
  const named = nameOf(settings, route, { request, onRoute })
  const loaded = await load(settings, route, onRoute)
  const resource = resourceOf(route, named, loaded)
  const policies = await findPolicies(settings, {
    principal,
    resource,
    groups: identity.groups,
  })
  const decision = decide(settings, {
    id,
    identity,
    action: route.action,
    resource,
    resourceAccount: loaded?.account ?? settings.account,
    policies,
    entries: {
      ...asked.entries,
      ...loadedEntries(route.action, loaded),
      ...connectionEntries(request),
    },
  })

  if (decision.answer === 'ImplicitDeny' && decision.problem) {
    throw new Error(decision.problem.message)
  }
  if (!decision.allowed) return { kind: 'denied', decision, isNamed: named !== undefined }
  if (route.options.resource && !loaded) return { kind: 'missing', decision }
  const { requestTags } = asked
  const access = { identity, principal, decision, resource: loaded?.value as T, requestTags }
  return { kind: 'allowed', access: Object.freeze(access) }
}

interface Asked {
  readonly requestTags: Readonly<Record<string, string>>
  readonly entries: ContextEntries
}

/** Tags and keys that come with the request, checked and copied before anything is awaited. */
function readRequest(route: Route, request: RouteRequest): Asked {
  const { context, requestTags } = route.options
  // What the extractor found is anybody's: its shape is checked where it becomes keys.
  const tags = (requestTags?.(request) ?? {}) as Tags
  return {
    entries: { ...ownEntries(route.action, context?.(request)), ...requestTagEntries(tags) },
    requestTags: plainTags(tags),
  }
}

interface Requests {
  readonly request: HttpRequest
  readonly onRoute: RouteRequest
}

/** The ARN, as far as the request alone says it. */
function nameOf(
  { account }: GuardSettings,
  route: Route,
  { request, onRoute }: Requests,
): string | undefined {
  const { arn } = route.options
  if (arn === undefined) return fillResource(route, request.params, account)
  return arn === 'loaded' ? undefined : checkResource(route, arn(onRoute))
}

/** Nothing found and nothing named is decided about as `*`: only who may do it anywhere hears of it. */
function resourceOf(
  route: Route,
  named: string | undefined,
  loaded: LoadedResource<unknown> | undefined,
): string {
  if (named === undefined) return loaded ? checkResource(route, loaded.arn) : '*'
  if (loaded?.arn === undefined || loaded.arn === named) return named
  throw new UnavailableError('the loader answered another resource than the path names')
}

function refusal(settings: GuardSettings, fault: FaultEvent): Outcome<never> {
  const { id, cause } = fault
  if (isRequestError(cause)) return { kind: 'invalid', id, message: cause.message }
  try {
    settings.onFault(fault)
  } catch {
    // A reporter that fails must not turn a refusal into something else.
  }
  return { kind: 'unavailable', id, status: cause instanceof UnavailableError ? 503 : 500, cause }
}
