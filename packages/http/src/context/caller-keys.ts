/**
 * The context keys that say who calls, tags among them.
 *
 * Errors  core's `RequestError` (`ERR_REQUEST_INVALID`) where a tag is impossible.
 * Source  Specification 4.2 and 4.3.
 *
 * @module
 */
import {
  type ContextEntries,
  callerEntries,
  principalTagLookup,
  type TagLookup,
} from '@iamkit/core'
import type { Identity } from '../identity/identity.js'

export interface CallerKeys {
  /** Every key of a caller but its tags, those that it has not as undefined. */
  readonly entries: ContextEntries
  readonly tags: TagLookup | undefined
  /** What the identity provider vouches for. */
  readonly provided: ContextEntries | undefined
}

export function callerKeysOf(identity: Identity): CallerKeys {
  const { principal, tags, providerKeys } = identity
  return {
    entries: callerEntries(principal, identity),
    tags: tags && principalTagLookup(tags),
    provided: providerKeys && keysOfProvider(providerKeys),
  }
}

/** What iamkit itself says of a caller is nobody else's to say. */
function keysOfProvider(keys: ContextEntries): ContextEntries {
  return Object.fromEntries(Object.entries(keys).filter(([key]) => !/^aws:/i.test(key)))
}
