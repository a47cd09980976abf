/**
 * Condition: one key under one operator.
 *
 * Shape   `[ForAllValues:|ForAnyValue:]Name[IfExists]`.
 * Errors  an `Error` for a name that is no operator: such a document is invalid, never skipped.
 * Source  Specification 2.1, 2.5 and 2.9 to 2.11.
 *
 * @module
 */
import { arnLike } from './arn.js'
import { binaryEquals } from './binary.js'
import { contextValue } from './context.js'
import { compareDates } from './date.js'
import type { ConditionEntry } from './document.js'
import { ipInRange } from './ip.js'
import { compareNumbers } from './number.js'
import { stringEquals, stringEqualsIgnoreCase, stringLike } from './string.js'
import type { Setting } from './variable.js'

/** The positive comparison of a policy's value with a request's. */
type Comparison = (wanted: string, had: string, setting: Setting) => boolean
type Values = string | readonly string[] | undefined

/** The request's value is the left operand. */
const ordered =
  (compare: typeof compareNumbers, isRight: (order: number) => boolean): Comparison =>
  (wanted, had) => {
    const order = compare(had, wanted)
    return order !== undefined && isRight(order)
  }
const equal = (order: number): boolean => order === 0
const less = (order: number): boolean => order < 0
const lessOrEqual = (order: number): boolean => order <= 0
const greater = (order: number): boolean => order > 0
const greaterOrEqual = (order: number): boolean => order >= 0

const POSITIVE: Readonly<Record<string, Comparison>> = {
  StringEquals: stringEquals,
  StringEqualsIgnoreCase: stringEqualsIgnoreCase,
  StringLike: stringLike,
  NumericEquals: ordered(compareNumbers, equal),
  NumericLessThan: ordered(compareNumbers, less),
  NumericLessThanEquals: ordered(compareNumbers, lessOrEqual),
  NumericGreaterThan: ordered(compareNumbers, greater),
  NumericGreaterThanEquals: ordered(compareNumbers, greaterOrEqual),
  DateEquals: ordered(compareDates, equal),
  DateLessThan: ordered(compareDates, less),
  DateLessThanEquals: ordered(compareDates, lessOrEqual),
  DateGreaterThan: ordered(compareDates, greater),
  DateGreaterThanEquals: ordered(compareDates, greaterOrEqual),
  Bool: booleanEquals,
  BinaryEquals: binaryEquals,
  IpAddress: ipInRange,
  ArnEquals: arnLike,
  ArnLike: arnLike,
}

/** Each negated operator, and the positive one whose hits it refuses. */
const NEGATED: Readonly<Record<string, string>> = {
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
  NumericNotEquals: 'NumericEquals',
  DateNotEquals: 'DateEquals',
  NotIpAddress: 'IpAddress',
  ArnNotEquals: 'ArnEquals',
  ArnNotLike: 'ArnLike',
}

/** Whether a condition is true for a request. */
export function conditionHolds(condition: ConditionEntry, setting: Setting): boolean {
  const [, prefix, base = '', suffix] =
    /^(ForAllValues:|ForAnyValue:)?(.*?)(IfExists)?$/.exec(condition.operator) ?? []
  const values = contextValue(setting.context, condition.key)
  if (base === 'Null' && suffix === undefined) return nullHolds(condition.values, prefix, values)

  const isNegated = Object.hasOwn(NEGATED, base)
  const compare = comparisonOf(isNegated ? (NEGATED[base] ?? '') : base)
  if (condition.values.length === 0 && (prefix !== undefined || suffix !== undefined)) {
    return emptyListHolds(prefix, values)
  }
  const test = (had: string): boolean =>
    condition.values.some((wanted) => compare(wanted, had, setting)) !== isNegated

  if (prefix === 'ForAllValues:') return isNullSet(values) || listed(values).every(test)
  if (prefix === 'ForAnyValue:') return !isNullSet(values) && listed(values).some(test)
  if (values === undefined) return isNegated || suffix !== undefined
  return typeof values === 'string' && test(values)
}

/** An empty list of wanted values under a set operator or IfExists (1.1): true on an absent key alone. */
function emptyListHolds(prefix: string | undefined, values: Values): boolean {
  if (prefix === 'ForAnyValue:') return false
  return prefix === undefined ? values === undefined : isNullSet(values)
}

function comparisonOf(name: string): Comparison {
  const compare = Object.hasOwn(POSITIVE, name) ? POSITIVE[name] : undefined
  if (compare === undefined) throw new Error(`no such condition operator: \`${name}\``)
  return compare
}

function listed(values: Values): readonly string[] {
  if (values === undefined) return []
  return typeof values === 'string' ? [values] : values
}

/** An absent key, and for set operators and Null also one that holds nothing but empty strings. */
function isNullSet(values: Values): boolean {
  return listed(values).every((value) => value === '')
}

/** With a prefix, Null no longer looks at the key. */
function nullHolds(wanted: readonly string[], prefix: string | undefined, values: Values): boolean {
  if (prefix !== undefined) return prefix === 'ForAllValues:'
  const isNull = isNullSet(values) ? 'true' : 'false'
  return wanted.some((value) => value.toLowerCase() === isNull)
}

function booleanEquals(wanted: string, had: string): boolean {
  const value = had.toLowerCase()
  return (value === 'true' || value === 'false') && wanted.toLowerCase() === value
}
