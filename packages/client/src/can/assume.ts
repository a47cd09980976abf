/**
 * Policies as they would be if what is not known were known.
 *
 * Shape   a condition about an unknown key may hold or not. `least` gives the policies that allow the least: such an Allow
 *         never applies, such a Deny always does; `most` the other way round. What both allow is allowed whatever
 *         the unknown is, and what both deny is denied.
 * Errors  None.
 *
 * @module
 */
import type { Condition, Policy, Statement } from '@iamkit/core'

export type IsKnown = (lowerCaseKey: string) => boolean

export interface Bounds {
  readonly least: Policy
  readonly most: Policy
}

/** Undefined where the policy asks nothing that is not known. */
export function boundsOf(policy: Policy, isKnown: IsKnown): Bounds | undefined {
  if (policy.statements.every((statement) => isSettled(statement, isKnown))) return undefined
  const bound = (holds: Statement['effect']): Policy => ({
    ...policy,
    statements: policy.statements.flatMap((statement) => {
      if (isSettled(statement, isKnown)) return [statement]
      return statement.effect === holds ? [assumeTrue(statement, isKnown)] : []
    }),
  })
  return { least: bound('Deny'), most: bound('Allow') }
}

function isSettled({ conditions, resources, notResources }: Statement, isKnown: IsKnown): boolean {
  const patterns = [...(resources ?? []), ...(notResources ?? [])]
  return (
    conditions.every((one) => isAnswerable(one, isKnown)) &&
    patterns.every((one) => isFilled(one, isKnown))
  )
}

/** The statement without what cannot be asked. */
function assumeTrue(statement: Statement, isKnown: IsKnown): Statement {
  const { notResources, resources, ...rest } = statement
  const isOpen = (patterns: readonly string[] | undefined) =>
    patterns !== undefined && !patterns.every((one) => isFilled(one, isKnown))
  const conditions = statement.conditions.filter((one) => isAnswerable(one, isKnown))
  if (isOpen(resources) || isOpen(notResources)) return { ...rest, resources: ['*'], conditions }
  return { ...statement, conditions }
}

function isAnswerable({ key, values }: Condition, isKnown: IsKnown): boolean {
  return isKnown(key.toLowerCase()) && values.every((value) => isFilled(value, isKnown))
}

/** Whether every variable in a text is about a known key. */
function isFilled(text: string, isKnown: IsKnown): boolean {
  for (let at = text.indexOf('${'); at >= 0; at = text.indexOf('${', at + 2)) {
    const end = text.indexOf('}', at)
    if (end < 0) return true
    const key = text
      .slice(at + 2, end)
      .replace(/,.*$/s, '')
      .trim()
    const isLiteral = key === '*' || key === '?' || key === '$'
    if (!isLiteral && !isKnown(key.toLowerCase())) return false
  }
  return true
}
