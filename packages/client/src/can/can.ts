/**
 * Whether a button is worth showing. **For display only: a guard on the server decides.**
 *
 * Shape   `yes` and `no` are what the policies in the snapshot say whatever else is true of the request; where it depends on
 *         something that is not known here, `unknown`.
 * Errors  core's `PolicyParseError` (`ERR_POLICY_INVALID`) from {@link createCan}: the snapshot is broken.
 * Source  Specification 5.5.
 *
 * @module
 */
import {
  type CompiledPolicy,
  type ContextEntries,
  compile,
  evaluate,
  type Policy,
  type PolicySet,
  type PolicyType,
  principalEntries,
  type RequestPrincipal,
  requestTagEntries,
  resourceTagEntries,
  type Tags,
} from '@iamkit/core'
import { acceptedPolicy } from '../policies/accepted-policy.js'
import { boundsOf, type IsKnown } from './assume.js'
import type { CanSnapshot } from './can-snapshot.js'

export type CanAnswer = 'yes' | 'no' | 'unknown'

/** What is known of the request. What is left out is unknown. */
export interface CanFacts {
  /** All tags that the resource has. */
  readonly resourceTags?: Tags
  /** All tags that the request would pass. */
  readonly requestTags?: Tags
  readonly context?: ContextEntries
  /** The resource's account. Absent: the caller's. */
  readonly resourceAccount?: string
}

export type Can = (action: string, resource: string, facts?: CanFacts) => CanAnswer

/** The caller's own tags and login, as the server knows them. */
export type CanAttributes = Parameters<typeof principalEntries>[1]

/**
 * Answers for one caller.
 *
 * @param principal Absent: that of the snapshot.
 * @example
 * ```ts
 * const can = createCan(snapshot)
 * can('docs:DeleteDocument', arn, { resourceTags: { team: 'ops' } }) // 'yes', 'no' or 'unknown'
 * ```
 */
export function createCan(
  snapshot: CanSnapshot,
  principal: RequestPrincipal = snapshot.principal,
  attributes: CanAttributes = {},
): Can {
  const read = (type: PolicyType) => (text: string) => acceptedPolicy(text, type)
  const { identity, boundary, session } = snapshot
  const layers: Layers = {
    identity: identity.map(read('identity')),
    ...(boundary !== undefined && { boundary: read('boundary')(boundary) }),
    ...(session && { session: session.map(read('session')) }),
  }
  const whole = setOf(layers, compile)
  const own = definedIn(principalEntries(principal, attributes))
  const account = 'account' in principal ? principal.account : ''

  return (action, resource, facts = {}) => {
    const { resourceTags, requestTags, context = {}, resourceAccount = account } = facts
    const entries = {
      ...context,
      ...(resourceTags && resourceTagEntries(resourceTags)),
      ...(requestTags && requestTagEntries(requestTags)),
      ...own,
    }
    const isKnown = knownIn(entries, { ...facts, attributes })
    const request = { principal, action, resource, resourceAccount: account, context: entries }
    const bounds = (side: 'least' | 'most') => (policy: Policy) => {
      const both = boundsOf(policy, isKnown)
      return compile(both ? both[side] : policy)
    }
    const isSettled = all(layers).every((policy) => boundsOf(policy, isKnown) === undefined)
    const ask = (set: PolicySet) => evaluate(set, request).answer === 'Allow'
    // A resource of another account needs that account's leave, which is not known here.
    if (resourceAccount !== account) return ask(setOf(layers, bounds('most'))) ? 'unknown' : 'no'
    if (isSettled) return ask(whole) ? 'yes' : 'no'
    if (ask(setOf(layers, bounds('least')))) return 'yes'
    return ask(setOf(layers, bounds('most'))) ? 'unknown' : 'no'
  }
}

interface Layers {
  readonly identity: readonly Policy[]
  readonly boundary?: Policy
  readonly session?: readonly Policy[]
}

function all({ identity, boundary, session = [] }: Layers): readonly Policy[] {
  return [...identity, ...session, ...(boundary ? [boundary] : [])]
}

function setOf(
  { identity, boundary, session }: Layers,
  ready: (policy: Policy) => CompiledPolicy,
): PolicySet {
  return {
    identity: identity.map(ready),
    ...(boundary && { boundary: ready(boundary) }),
    ...(session && { session: session.map(ready) }),
  }
}

function definedIn(entries: ContextEntries): ContextEntries {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined))
}

/** A key is known where it has a value, and where all of its kind are told: then one that is not there is absent. */
function knownIn(
  entries: ContextEntries,
  told: CanFacts & { readonly attributes: NonNullable<CanAttributes> },
): IsKnown {
  const { resourceTags, requestTags, attributes } = told
  const names = new Set(Object.keys(definedIn(entries)).map((name) => name.toLowerCase()))
  return (key) => {
    if (names.has(key)) return true
    if (key.startsWith('aws:resourcetag/')) return resourceTags !== undefined
    if (key.startsWith('aws:requesttag/') || key === 'aws:tagkeys') return requestTags !== undefined
    if (key.startsWith('aws:principaltag/')) return attributes.tags !== undefined
    if (key.startsWith('aws:principalorg')) return attributes.organization !== undefined
    return key.startsWith('aws:principal') || key === 'aws:username'
  }
}
