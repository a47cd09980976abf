/**
 * What can be wrong with an Action or NotAction entry.
 *
 * Source  Specification 1.5 and 1.9.
 *
 * @module
 */
import { type Flaw, firstFlaw, flawOf, NO_VARIABLE, type Rule } from './flaw.js'

const RULES: readonly Rule[] = [
  NO_VARIABLE,
  [/^[^:]*$/, 'invalid-action', 'expected a service prefix, as in `docs:GetDocument`'],
  [/:.*:/s, 'invalid-action', 'expected one colon'],
  [/^[^:]*[*?]/, 'wildcard-in-service-name'],
  [/^(?![a-zA-Z0-9.-]{1,64}:)/, 'invalid-service-in-action'],
  [/:(?!\S{1,128}$)/, 'invalid-action-name'],
]

export function checkAction(action: string): Flaw | undefined {
  return USUAL.test(action) ? undefined : firstFlaw(action, RULES)
}

/** A trust policy speaks of taking the role, and of nothing else (specification 1.3). */
export function checkTrustAction(action: string): Flaw | undefined {
  if (/^sts:/i.test(action)) return checkAction(action)
  return flawOf('unsupported-action-in-policy', action, 'a trust policy takes `sts:` actions only')
}

/** One look is enough for most actions. */
const USUAL = /^(\*|\*:\*|[a-zA-Z0-9.-]{1,64}:[a-zA-Z0-9*?]{1,128})$/
