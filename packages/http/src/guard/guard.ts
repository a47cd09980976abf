/**
 * The guard: from a request on its route to an outcome, step by step.
 *
 * Shape   who → what → its tags and keys → which policies → decide.
 * Errors  None: whatever is thrown becomes an outcome that refuses.
 * Source  `docs/concepts/evaluation.md`.
 *
 * @module
 */
import {
  type ContextEntries,
  type PolicySet,
  type PolicySource,
  principalEntries,
  type RequestError,
  requestTagEntries,
  resourceTagEntries,
  type Tags,
} from '@iamkit/core'
import { ownEntries } from '../context/own-keys.js'
import { connectionEntries } from '../context/request-keys.js'
import type { Authenticator, CredentialProblem, Identity } from '../identity/identity.js'
import { type HttpRequest, type RouteRequest, routeRequest } from '../request.js'
import type { RouteAction } from '../route/action.js'
import { checkLoaded, type LoadedResource } from '../route/load.js'
import { checkResource, fillResource } from '../route/resource-template.js'
import type { Route } from '../route/route.js'
import { type DecideSettings, decide } from './decide.js'
import type { FaultEvent } from './fault.js'
import { type Outcome, plainTags } from './outcome.js'
import { UnavailableError, withinLimit } from './time-limit.js'

export interface GuardSettings extends DecideSettings {
  readonly account: string
  readonly policies: PolicySource
  readonly identify: Authenticator
  readonly timeLimit: number
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
    const identified = await identify(settings, request)
    const identity = identified ?? (route.options.anonymous ? ANONYMOUS : undefined)
    const challenge = settings.identify.challenge ?? 'Bearer'
    if (identity === undefined) return { kind: 'unauthenticated', id, challenge }
    if ('problem' in identity)
      return { kind: 'unauthenticated', id, challenge, credentials: identity }
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
  const onRoute = routeRequest(request)
  const asked = readRequest(settings, route, { request, onRoute })
  const loaded = await load(settings, route, onRoute)
  const resource = asked.resource ?? (loaded ? checkResource(route, loaded.arn) : '*')
  const policies = await findPolicies(settings, { principal: identity.principal, resource })
  const decision = decide(settings, {
    id,
    identity,
    action: route.action,
    resource,
    resourceAccount: loaded?.account ?? settings.account,
    policies,
    entries: { ...asked.entries, ...factsOf(route.action, loaded), ...connectionEntries(request) },
  })

  if (decision.answer === 'ImplicitDeny' && decision.problem) {
    throw new Error(decision.problem.message)
  }
  if (!decision.allowed) return { kind: 'denied', decision }
  if (route.options.resource && !loaded) return { kind: 'missing', decision }
  const { requestTags } = asked
  const found = { resource: loaded?.value as T, requestTags }
  return {
    kind: 'allowed',
    access: Object.freeze({ identity, principal: identity.principal, decision, ...found }),
  }
}

interface Asked {
  /** Undefined where the loader says it. */
  readonly resource: string | undefined
  readonly requestTags: Readonly<Record<string, string>>
  readonly entries: ContextEntries
}

/** What the request says, checked and copied before anything is awaited. */
function readRequest(
  { account }: GuardSettings,
  route: Route,
  { request, onRoute }: { readonly request: HttpRequest; readonly onRoute: RouteRequest },
): Asked {
  const { arn, context, requestTags } = route.options
  // Tags come from outside: their shape is checked where they become keys.
  const tags = (requestTags?.(onRoute) ?? {}) as Tags
  return {
    resource:
      arn === undefined
        ? fillResource(route, request.params, account)
        : arn === 'loaded'
          ? undefined
          : checkResource(route, arn(onRoute)),
    entries: { ...ownEntries(route.action, context?.(onRoute)), ...requestTagEntries(tags) },
    requestTags: plainTags(tags),
  }
}

async function identify(
  settings: GuardSettings,
  request: HttpRequest,
): Promise<Identity | CredentialProblem | undefined> {
  const run = () => settings.identify(request)
  const found = await withinLimit({ name: 'the authenticator', limit: settings.timeLimit, run })
  if (found === undefined || found === null) return undefined
  if ('problem' in found) return found
  try {
    principalEntries(found.principal, found)
    return found
  } catch (error) {
    if (!isRequestError(error)) throw error
    return { problem: 'invalid_token', description: 'the credentials carry an impossible tag' }
  }
}

async function load<T>(
  settings: GuardSettings,
  route: Route<T>,
  request: RouteRequest,
): Promise<LoadedResource<T> | undefined> {
  const loader = route.options.resource
  if (loader === undefined) return undefined
  const run = async (signal: AbortSignal) => checkLoaded(await loader(request, signal))
  return withinLimit({ name: 'the loader', limit: settings.timeLimit, run })
}

async function findPolicies(
  settings: GuardSettings,
  about: Parameters<PolicySource>[0],
): Promise<PolicySet> {
  const run = async () => settings.policies(about)
  const found: unknown = await withinLimit({
    name: 'the policy source',
    limit: settings.timeLimit,
    run,
  })
  if (typeof found === 'object' && found !== null) return found
  throw new UnavailableError('the policy source answered nothing')
}

/** What the server itself knows of the resource. A fault in it is the server's. */
function factsOf(action: RouteAction, loaded: LoadedResource<unknown> | undefined): ContextEntries {
  if (loaded === undefined) return {}
  try {
    return { ...ownEntries(action, loaded.context), ...resourceTagEntries(loaded.tags ?? {}) }
  } catch (cause) {
    throw new UnavailableError('the loader answered impossible tags or keys', { cause })
  }
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

/** By code, so that two copies of core understand each other. */
function isRequestError(error: unknown): error is RequestError {
  return error instanceof Error && 'code' in error && error.code === 'ERR_REQUEST_INVALID'
}
