/**
 * What a decision needs from outside: who calls, what it is about, which policies there are.
 *
 * Errors  {@link UnavailableError}: one of them failed, took too long, or answered what cannot be. `PolicySourceError`
 *         (`ERR_POLICY_SOURCE`): the policies of a session are missing.
 *
 * @module
 */
import { type PolicySet, resourceTagLookup } from '@iamkit/core'
import { type CallerKeys, callerKeysOf } from '../context/caller-keys.js'
import type { Known } from '../context/known-context.js'
import { ownEntries } from '../context/own-keys.js'
import { isRequestError } from '../errors.js'
import {
  type Authenticator,
  answerProblem,
  type CredentialProblem,
  type Identification,
  type Identity,
} from '../identity/identity.js'
import {
  checkSession,
  type GroupPolicySource,
  type PolicyQuestion,
} from '../policies/policy-question.js'
import { readySet } from '../policies/ready-set.js'
import type { HttpRequest, RouteView } from '../request.js'
import type { RouteAction } from '../route/action.js'
import { type Found, type LoadedResource, loadedProblem } from '../route/load.js'
import type { Route } from '../route/route.js'
import { andThen, UnavailableError, withinLimit } from './time-limit.js'

export interface Sources {
  readonly identify: Authenticator
  readonly policies: GroupPolicySource
  /** Milliseconds that each of them may take. */
  readonly timeLimit: number
}

/** A caller, and the context keys that say who it is. */
export interface KnownCaller {
  readonly identity: Identity
  readonly keys: CallerKeys
}

type WhoCalls = KnownCaller | CredentialProblem | undefined

/** Who calls. Tags that cannot be are as bad as a signature that does not hold. */
export function identify(
  { identify: run, timeLimit: limit }: Sources,
  request: HttpRequest,
): WhoCalls | Promise<WhoCalls> {
  return andThen(withinLimit({ name: 'the authenticator', limit, run }, request), knownCaller)
}

function knownCaller(found: Identification): WhoCalls {
  if (found === undefined || found === null) return undefined
  const problem = answerProblem(found)
  if (problem !== undefined) throw new UnavailableError(problem)
  if ('problem' in found) return found
  try {
    return { identity: found, keys: callerKeysOf(found) }
  } catch (error) {
    if (!isRequestError(error)) throw error
    return { problem: 'invalid_token', description: 'the credentials carry an impossible tag' }
  }
}

type Loaded<T> = LoadedResource<T> | undefined

/** What the route's loader finds; undefined where it finds nothing, or there is no loader. */
export function load<T>(
  { timeLimit: limit }: Sources,
  route: Route<T>,
  request: RouteView,
): Loaded<T> | Promise<Loaded<T>> {
  const run = route.options.resource
  if (run === undefined) return undefined
  return andThen(withinLimit({ name: 'the loader', limit, run, abort }, request), loadedOf)
}

function abort(request: RouteView, reason: unknown): void {
  request.abort(reason)
}

function loadedOf<T>(found: Found<T>): Loaded<T> {
  if (found === undefined || found === null) return undefined
  const problem = loadedProblem(found)
  if (problem !== undefined) throw new UnavailableError(problem)
  return found
}

type OfResource = Pick<Known, 'entries' | 'resourceTags'>
const NOTHING: OfResource = { entries: [], resourceTags: undefined }

/** What the server itself knows of the resource. A fault in it is the server's, not the caller's. */
export function keysOfResource(
  action: RouteAction,
  loaded: LoadedResource<unknown> | undefined,
): OfResource {
  if (loaded === undefined) return NOTHING
  const { tags, context } = loaded
  try {
    return {
      entries: context ? [ownEntries(action, context)] : NOTHING.entries,
      resourceTags: tags && resourceTagLookup(tags),
    }
  } catch (cause) {
    throw new UnavailableError('the loader answered impossible tags or keys', { cause })
  }
}

export function findPolicies(
  { policies: run, timeLimit: limit }: Sources,
  question: PolicyQuestion,
): PolicySet | Promise<PolicySet> {
  const finding: unknown = withinLimit({ name: 'the policy source', limit, run }, question)
  return andThen(finding, (found) => policySetOf(found, question))
}

function policySetOf(found: unknown, question: PolicyQuestion): PolicySet {
  if (typeof found !== 'object' || found === null) {
    throw new UnavailableError('the policy source answered nothing')
  }
  let set: PolicySet
  try {
    set = readySet(found)
  } catch (cause) {
    throw new UnavailableError('the policy source answered no set of compiled policies', { cause })
  }
  checkSession(set, question)
  return set
}
