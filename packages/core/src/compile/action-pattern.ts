/**
 * One entry of Action or NotAction: `service:Verb*`, compared without regard to case.
 *
 * Errors  None: an entry that is no action pattern matches nothing.
 * Source  Specification 1.5.
 *
 * @module
 */

import { matchGlob, parseGlob } from '../glob/glob.js'
import type { Statement } from '../policy/policy.js'

/** Whether a pattern covers an action; both in lower case. Asked once an action, when it is planned. */
export function coversAction(pattern: string, action: string): boolean {
  if (pattern === action || isEveryAction(pattern)) return true
  const star = pattern.search(/[*?]/)
  const colon = pattern.indexOf(':')
  if (star < 0 || colon < 0 || colon > star) return false // wildcards stand in the name only
  return action.startsWith(pattern.slice(0, star)) && matchGlob(parseGlob(pattern), action)
}

/** `*:*` is a synonym of the lone star. */
export function isEveryAction(pattern: string): boolean {
  return pattern === '*' || pattern === '*:*'
}

/** Whether a statement's Action or NotAction matches an action (in lower case). */
export function matchesAction({ actions, notActions }: Statement, action: string): boolean {
  return notActions ? !isListed(notActions, action) : isListed(actions ?? [], action)
}

export function isListed(patterns: readonly string[], action: string): boolean {
  return patterns.some((pattern) => coversAction(pattern.toLowerCase(), action))
}
