/**
 * What the guard tells an adapter.
 *
 * Shape   a union by `kind`; `allowed` alone lets the handler run.
 * Errors  None.
 *
 * @module
 */
import type { RequestPrincipal, Tags } from '@iamkit/core'
import type { CredentialProblem, Identity } from '../identity/identity.js'
import type { StepUp } from '../route/route.js'
import type { IamDecision } from './decision.js'

/** What an allowed handler may read. */
export interface Access<T = unknown> {
  readonly identity: Identity
  readonly principal: RequestPrincipal
  readonly decision: IamDecision
  /** The loader's `value`. Undefined on a route without a loader; in shadow mode also where it found none. */
  readonly resource: T
  /** The request's tags as they were decided about: what the handler should keep. Empty where none. */
  readonly requestTags: Readonly<Record<string, string>>
  /** The keys of those tags, or of the tags that the request takes away. */
  readonly tagKeys: readonly string[]
  /** In shadow mode alone: what would have kept the handler from running. */
  readonly refusal?: Refusal
}

/** A request that may not pass. */
export type Refusal =
  | {
      readonly kind: 'denied'
      readonly decision: IamDecision
      /** False where only the loader knew the ARN: a reply with it would tell what exists, and where. */
      readonly isNamed: boolean
      /** Present where a stronger login, and nothing else, stands between caller and route. */
      readonly stepUp?: StepUpChallenge
    }
  /** Denied or missing on a masked route: answered as the app answers what is not there. */
  | { readonly kind: 'hidden'; readonly decision: IamDecision }
  /** Allowed, but the loader found nothing. */
  | { readonly kind: 'missing'; readonly decision: IamDecision }
  | {
      readonly kind: 'unauthenticated'
      readonly id: string
      /** The challenge without its error: `Bearer realm="docs"`. */
      readonly challenge: string
      /** Absent: there were no credentials at all. */
      readonly credentials?: CredentialProblem
    }
  /** A parameter, tag or key that cannot be decided about. */
  | { readonly kind: 'invalid'; readonly id: string; readonly message: string }
  /** A path of the route table, but a method that it does not name. */
  | { readonly kind: 'unmapped'; readonly id: string; readonly methods: readonly string[] }
  /** No decision: a part that it needs failed. */
  | {
      readonly kind: 'unavailable'
      readonly id: string
      readonly status: 500 | 503
      readonly cause: unknown
    }

export type Outcome<T = unknown> =
  | { readonly kind: 'allowed'; readonly access: Access<T> }
  | Refusal

/** What the caller must bring next time. */
export interface StepUpChallenge extends StepUp {
  /** The challenge without its error. */
  readonly challenge: string
}

const NO_TAGS: Readonly<Record<string, string>> = Object.freeze(Object.create(null))

/** Tags as a frozen object without a prototype. */
export function plainTags(tags: Tags | undefined): Readonly<Record<string, string>> {
  if (tags === undefined) return NO_TAGS
  const entries = tags instanceof Map ? tags : Object.entries(tags)
  return Object.freeze(Object.assign(Object.create(null), Object.fromEntries(entries)))
}
