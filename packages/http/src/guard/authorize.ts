/**
 * What a known caller may do on a route, step by step.
 *
 * Shape   what → its tags and keys → which policies → decide → how to refuse.
 * Errors  {@link UnavailableError}, core's `RequestError` (`ERR_REQUEST_INVALID`), and whatever the route's
 *         own functions throw. The guard turns all of them into an outcome.
 * Source  Specification 4.3 and 5.5.
 *
 * @module
 */
import {
  type ContextEntries,
  isAllowed,
  type PolicySet,
  requestTagEntries,
  type Tags,
} from '@iamkit/core'
import type { ClientAddress } from '../context/client-address.js'
import type { Known } from '../context/known-context.js'
import { ownEntries } from '../context/own-keys.js'
import { connectionEntries } from '../context/request-keys.js'
import { RouteError } from '../errors.js'
import { questionOf } from '../policies/policy-question.js'
import { type HttpRequest, type RouteRequest, RouteView } from '../request.js'
import type { LoadedResource } from '../route/load.js'
import { checkResource, fillResource } from '../route/resource-template.js'
import type { Route } from '../route/route.js'
import { readTagKeys } from '../route/tag-keys.js'
import { type DecideSettings, decide, type Question, requestOf } from './decide.js'
import type { IamDecision } from './decision.js'
import { findPolicies, type KnownCaller, keysOfResource, load, type Sources } from './gather.js'
import { type Access, plainTags, type Refusal } from './outcome.js'
import { lacksOnlyStepUp } from './step-up.js'
import { andThen, isPromise, UnavailableError } from './time-limit.js'

export interface AuthorizeSettings extends DecideSettings, Sources {
  /** The account that owns what a loader does not say otherwise of. */
  readonly account: string
  readonly clientAddress: ClientAddress
}

export interface Caller extends KnownCaller {
  readonly id: string
  readonly request: HttpRequest
}

/** What a handler would get, and what keeps it from running, if anything does. */
export interface Finding<T = unknown> {
  readonly access: Access<T>
  readonly refusal?: Refusal
}

export function authorize<T>(
  settings: AuthorizeSettings,
  route: Route<T>,
  caller: Caller,
): Finding<T> | Promise<Finding<T>> {
  const { request, identity } = caller
  const onRoute = new RouteView(request)
  const connection = connectionEntries(request, settings.clientAddress)
  const asked = readRequest(route, onRoute)
  const named = nameOf(settings, route, { request, onRoute })
  return andThen(load(settings, route, onRoute), (loaded) => {
    const resource = resourceOf(route, named, loaded)
    const { entries, resourceTags } = keysOfResource(route.action, loaded)
    const known = { entries, resourceTags, connection }
    const isNamed = named !== undefined
    return andThen(findPolicies(settings, questionOf(identity, resource)), (policies) =>
      conclude(settings, route, { caller, asked, known, loaded, resource, isNamed, policies }),
    )
  })
}

type ServerKeys = Pick<Known, 'entries' | 'resourceTags' | 'connection'>

/** All that a decision rests on. */
interface Facts<T> {
  readonly caller: Caller
  readonly asked: Asked
  /** What the server itself knows: the loader's tags and keys, and the connection. */
  readonly known: ServerKeys
  readonly loaded: LoadedResource<T> | undefined
  readonly resource: string
  readonly isNamed: boolean
  readonly policies: PolicySet
}

function conclude<T>(
  settings: AuthorizeSettings,
  route: Route<T>,
  { caller, asked, known, loaded, resource, isNamed, policies }: Facts<T>,
): Finding<T> {
  const { id, identity, keys } = caller
  const question: Question = {
    id,
    identity,
    caller: keys,
    action: route.action,
    resource,
    resourceAccount: loaded?.account ?? settings.account,
    policies,
    connection: known.connection,
    resourceTags: known.resourceTags,
    entries: asked.entries.length > 0 ? [...asked.entries, ...known.entries] : known.entries,
    mode: route.options.mode ?? 'enforce',
    origin: 'guard',
  }
  const decision = decide(settings, question)
  if (decision.answer === 'ImplicitDeny' && decision.problem) {
    throw new Error(decision.problem.message)
  }
  const { requestTags, tagKeys } = asked
  const access: Access<T> = {
    identity,
    principal: identity.principal,
    decision,
    resource: loaded?.value as T,
    requestTags,
    tagKeys,
  }
  const isMissing = route.options.resource !== undefined && !loaded
  if (decision.allowed && !isMissing) return { access }
  return { access, refusal: refusalOf(settings, route, { ...question, decision, isNamed, known }) }
}

interface Refused extends Question {
  readonly decision: IamDecision
  readonly isNamed: boolean
  readonly known: ServerKeys
}

/** How to refuse: a mask goes before everything that would tell the object from one that is not there. */
function refusalOf(settings: AuthorizeSettings, route: Route, refused: Refused): Refusal {
  const { decision, isNamed, policies } = refused
  if (route.options.mask && (decision.allowed || !mayDiscover(settings, route, refused))) {
    return { kind: 'hidden', decision }
  }
  if (decision.allowed) return { kind: 'missing', decision }
  const { stepUp } = route.options
  if (stepUp === undefined || !lacksOnlyStepUp(policies, decision.request)) {
    return { kind: 'denied', decision, isNamed }
  }
  const challenge = challengesOf(settings)[0] ?? 'Bearer'
  return { kind: 'denied', decision, isNamed, stepUp: { ...stepUp, challenge } }
}

/** Whether the caller may know of the object. Asked without what came with the request. */
function mayDiscover(
  settings: AuthorizeSettings,
  { discover }: Route,
  { known, ...refused }: Refused,
): boolean {
  if (discover === undefined || discover.action === refused.action.action) return false
  const question = { ...refused, ...known, action: discover }
  return isAllowed(refused.policies, requestOf(settings, question, settings.clock()))
}

/** The challenges of the app's authenticator, the first first. */
export function challengesOf({ identify }: Pick<Sources, 'identify'>): readonly string[] {
  return [identify.challenge ?? 'Bearer'].flat()
}

type Asked = Pick<Access, 'requestTags' | 'tagKeys'> & {
  readonly entries: readonly ContextEntries[]
}

const NOTHING: Asked = { requestTags: plainTags(undefined), tagKeys: [], entries: [] }

/** Tags and keys that come with the request, checked and copied before anything is awaited. */
function readRequest(route: Route, request: RouteRequest): Asked {
  const { context, requestTags, tagKeys } = route.options
  if (!context && !requestTags && !tagKeys) return NOTHING
  const own = ownEntries(route.action, atOnce(route, 'context', context?.(request)))
  if (tagKeys) {
    const keys = readTagKeys(atOnce(route, 'tagKeys', tagKeys(request)))
    return { ...NOTHING, tagKeys: keys, entries: [own, { 'aws:TagKeys': keys }] }
  }
  // What the extractor found is anybody's: its shape is checked where it becomes keys.
  const tags = (atOnce(route, 'requestTags', requestTags?.(request)) ?? {}) as Tags
  const entries = [own, requestTagEntries(tags)]
  const plain = plainTags(tags)
  return { entries, requestTags: plain, tagKeys: Object.keys(plain) }
}

interface Requests {
  readonly request: HttpRequest
  readonly onRoute: RouteRequest
}

/** The ARN, as far as the request alone says it. */
function nameOf(
  { account }: AuthorizeSettings,
  route: Route,
  { request, onRoute }: Requests,
): string | undefined {
  const { arn } = route.options
  if (arn === undefined) return fillResource(route, request.params, account)
  return arn === 'loaded' ? undefined : checkResource(route, atOnce(route, 'arn', arn(onRoute)))
}

/** A promise has no keys and no tags: to take it for an object would lose what a Deny may look for. */
function atOnce<A>({ action }: Route, option: string, answer: A): A {
  if (typeof answer === 'function') {
    throw new RouteError(
      action.action,
      `\`${option}\` answers a function: call it, as in \`bodyTags()\``,
    )
  }
  if (!isPromise(answer)) return answer
  // What it comes to is nobody's: not even a failure may end the app.
  Promise.resolve(answer).catch(() => {})
  throw new RouteError(
    action.action,
    `\`${option}\` must answer at once: only the loader, \`resource\`, may answer later`,
  )
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
