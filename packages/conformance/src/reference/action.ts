/**
 * Action and NotAction.
 *
 * Shape   `service:Name` with `*` and `?` in the name, `*`, or `*:*`. Case does not count.
 * Errors  None.
 * Source  Specification 1.5.
 *
 * @module
 */
import type { StatementDocument } from '@iamkit/core'
import { listOf } from './document.js'
import { patternMatches } from './wildcard.js'

/** A statement that carries neither element never applies. */
export function actionApplies(statement: StatementDocument, action: string): boolean {
  const { Action, NotAction } = statement
  if (Action === undefined && NotAction === undefined) return false
  if (Action !== undefined && !listOf(Action).some((entry) => covers(entry, action))) return false
  return NotAction === undefined || !listOf(NotAction).some((entry) => covers(entry, action))
}

function covers(entry: string, action: string): boolean {
  return patternMatches(entry.toLowerCase(), action.toLowerCase())
}
