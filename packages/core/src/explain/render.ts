/**
 * Explanation → text: the sentence people know from AWS, and the table behind it.
 *
 * Errors  None.
 * Source  Specification 6.
 *
 * @module
 */
import type { Explanation, StatementExplanation } from './explanation.js'
import { conditionMessage, nameOf } from './near-miss.js'

/** Prints an explanation for a terminal or a log, several lines. */
export function renderExplanation(explanation: Explanation): string {
  const { message, statements, nearest } = explanation
  const lines = [message]
  if (nearest) lines.push(`nearest: ${nearest.message}`)
  for (const statement of statements) lines.push(`  ${describe(statement)}`)
  if (statements.length === 0) lines.push('  no statement was asked')
  return lines.join('\n')
}

function describe(statement: StatementExplanation): string {
  const { policyType, effect, applies, failed } = statement
  const title = `${policyType} ${effect} ${nameOf(statement)}`
  if (applies) return `${title}: applies`
  if (failed !== 'condition') return `${title}: another ${failed}`
  const missed = statement.conditions.filter(({ matched }) => !matched)
  return `${title}: ${missed.map((condition) => conditionMessage(condition, 'the statement')).join('; ')}`
}
