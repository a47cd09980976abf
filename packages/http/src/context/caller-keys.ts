/**
 * The context keys that say who calls, tags among them.
 *
 * Errors  core's `RequestError` (`ERR_REQUEST_INVALID`) where a tag is impossible.
 * Source  Specification 4.2 and 4.3.
 *
 * @module
 */
import { type ContextEntries, principalEntries } from '@iamkit/core'
import type { Identity } from '../identity/identity.js'

/** Every key of a caller, those that it has not as undefined. */
export function callerEntriesOf(identity: Identity): ContextEntries {
  const entries = principalEntries(identity.principal, identity)
  const { providerKeys } = identity
  return providerKeys ? Object.assign(keysOfProvider(providerKeys), entries) : entries
}

/** What iamkit itself says of a caller is nobody else's to say. */
function keysOfProvider(keys: ContextEntries): ContextEntries {
  return Object.fromEntries(Object.entries(keys).filter(([key]) => !/^aws:/i.test(key)))
}
