/**
 * The table of condition operators: name → family, negation, value type.
 *
 * Shape   `[ForAllValues:|ForAnyValue:]Name[IfExists]`, spelled exactly.
 * Errors  None: {@link parseOperator} gives undefined for a name that is no operator.
 * Source  Specification 2.1 to 2.10.
 *
 * @module
 */

export type OperatorFamily =
  | 'string'
  | 'numeric'
  | 'date'
  | 'bool'
  | 'binary'
  | 'ip'
  | 'arn'
  | 'null'

/** How the request's value stands to the policy's in the positive form of the operator. */
export type Comparison =
  | 'equals'
  | 'equals-ignore-case'
  | 'like'
  | 'less'
  | 'less-or-equal'
  | 'greater'
  | 'greater-or-equal'

export type Quantifier = 'ForAllValues' | 'ForAnyValue'

export interface BaseOperator {
  readonly family: OperatorFamily
  readonly comparison: Comparison
  readonly isNegated: boolean
}

/** A condition operator, taken apart. */
export interface ConditionOperator extends BaseOperator {
  /** As written, prefix and suffix included. */
  readonly name: string
  readonly quantifier?: Quantifier
  readonly ifExists: boolean
}

const operator = (
  family: OperatorFamily,
  comparison: Comparison,
  isNegated = false,
): BaseOperator => ({
  family,
  comparison,
  isNegated,
})

/** Every base name. A Map, so that `constructor` is not an operator. */
export const BASE_OPERATORS: ReadonlyMap<string, BaseOperator> = new Map([
  ['StringEquals', operator('string', 'equals')],
  ['StringNotEquals', operator('string', 'equals', true)],
  ['StringEqualsIgnoreCase', operator('string', 'equals-ignore-case')],
  ['StringNotEqualsIgnoreCase', operator('string', 'equals-ignore-case', true)],
  ['StringLike', operator('string', 'like')],
  ['StringNotLike', operator('string', 'like', true)],
  ['NumericEquals', operator('numeric', 'equals')],
  ['NumericNotEquals', operator('numeric', 'equals', true)],
  ['NumericLessThan', operator('numeric', 'less')],
  ['NumericLessThanEquals', operator('numeric', 'less-or-equal')],
  ['NumericGreaterThan', operator('numeric', 'greater')],
  ['NumericGreaterThanEquals', operator('numeric', 'greater-or-equal')],
  ['DateEquals', operator('date', 'equals')],
  ['DateNotEquals', operator('date', 'equals', true)],
  ['DateLessThan', operator('date', 'less')],
  ['DateLessThanEquals', operator('date', 'less-or-equal')],
  ['DateGreaterThan', operator('date', 'greater')],
  ['DateGreaterThanEquals', operator('date', 'greater-or-equal')],
  ['Bool', operator('bool', 'equals')],
  ['BinaryEquals', operator('binary', 'equals')],
  ['IpAddress', operator('ip', 'equals')],
  ['NotIpAddress', operator('ip', 'equals', true)],
  ['ArnEquals', operator('arn', 'like')],
  ['ArnNotEquals', operator('arn', 'like', true)],
  ['ArnLike', operator('arn', 'like')],
  ['ArnNotLike', operator('arn', 'like', true)],
  ['Null', operator('null', 'equals')],
])

/** Operators that were asked for, each made once. */
const known = new Map<string, ConditionOperator>()
const NAME = /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/s

/** Takes an operator's name apart; undefined where there is no such operator. */
export function parseOperator(name: string): ConditionOperator | undefined {
  const operator = known.get(name) ?? makeOperator(name)
  if (operator) known.set(name, operator)
  return operator
}

function makeOperator(name: string): ConditionOperator | undefined {
  const [, quantifier, baseName = '', suffix] = NAME.exec(name) ?? []
  const base = BASE_OPERATORS.get(baseName)
  if (!base) return undefined
  const operator = { ...base, name, ifExists: suffix !== undefined }
  return Object.freeze(
    quantifier ? { ...operator, quantifier: quantifier as Quantifier } : operator,
  )
}
