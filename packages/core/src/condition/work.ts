/**
 * How much a condition compares: what AWS bounds by its quotas, and a context of many values does not.
 *
 * Units   steps of a nanosecond or two. A request value costs 64 and two for each of its characters, times
 *         the wanted values that must be compared one by one; texts without wildcard and variable are
 *         looked up, and cost nothing.
 * Errors  None.
 * Source  `docs/compatibility.md`, "Limits".
 *
 * @module
 */
import type { Condition } from '../policy/policy.js'

const MOST_STEPS = 524_288
/** What the longest value costs, and the longest list of values. */
const VALUE_STEPS = 64 + 2 * 8192
const LIST_STEPS = 64 * 1024 + 2 * 65_536

/** The wanted values that are compared one by one; an ARN has six parts, an address is long to read. */
function comparisonsOf({ operator, values }: Condition): number {
  if (operator.family === 'string') return values.filter((value) => /[*?$]/.test(value)).length
  if (operator.family === 'arn') return 4 * values.length
  return values.length + (operator.family === 'ip' ? 24 : 4)
}

/** Whether a request's value is too much to compare; undefined where none ever is. */
export function workBound(
  condition: Condition,
): ((had: string | readonly string[]) => boolean) | undefined {
  const comparisons = comparisonsOf(condition)
  const { quantifier } = condition.operator
  if (comparisons * (quantifier ? LIST_STEPS : VALUE_STEPS) <= MOST_STEPS) return undefined
  return (had) => comparisons * stepsOf(had, quantifier !== undefined) > MOST_STEPS
}

/** A list is not compared at all where one value is expected. */
function stepsOf(had: string | readonly string[], isSet: boolean): number {
  if (typeof had === 'string') return 64 + 2 * had.length
  return isSet ? had.reduce((sum, value) => sum + 64 + 2 * value.length, 0) : 0
}
