/**
 * The context keys that say who calls, tags among them.
 *
 * Shape   entries are put together with `Object.assign`, here and wherever a request is decided: to spread an
 *         object whose keys are many or made at run time takes V8 fifty times as long.
 * Errors  core's `RequestError` (`ERR_REQUEST_INVALID`) where a tag is impossible.
 * Source  Specification 4.2 and 4.3.
 *
 * @module
 */
import { type ContextEntries, principalEntries, principalTagEntries } from '@iamkit/core'
import type { Identity } from '../identity/identity.js'

export function callerEntriesOf(identity: Identity): ContextEntries {
  const { principal, tags, ...attributes } = identity
  return Object.assign(
    {},
    tags && principalTagEntries(tags),
    principalEntries(principal, attributes),
  )
}
