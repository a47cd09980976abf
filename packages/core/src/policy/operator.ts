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

/** Family, comparison, the operator's name, and the name of its negation where it has one. */
const TABLE = [
  'string equals StringEquals StringNotEquals',
  'string equals-ignore-case StringEqualsIgnoreCase StringNotEqualsIgnoreCase',
  'string like StringLike StringNotLike',
  'numeric equals NumericEquals NumericNotEquals',
  'numeric less NumericLessThan',
  'numeric less-or-equal NumericLessThanEquals',
  'numeric greater NumericGreaterThan',
  'numeric greater-or-equal NumericGreaterThanEquals',
  'date equals DateEquals DateNotEquals',
  'date less DateLessThan',
  'date less-or-equal DateLessThanEquals',
  'date greater DateGreaterThan',
  'date greater-or-equal DateGreaterThanEquals',
  'bool equals Bool',
  'binary equals BinaryEquals',
  'ip equals IpAddress NotIpAddress',
  'arn like ArnEquals ArnNotEquals',
  'arn like ArnLike ArnNotLike',
  'null equals Null',
]

function readRow(row: string): readonly (readonly [name: string, operator: BaseOperator])[] {
  const [family, comparison, ...names] = row.split(' ') as [OperatorFamily, Comparison, ...string[]]
  return names.map((name, i) => [name, { family, comparison, isNegated: i > 0 }])
}

/** Every base name. A Map, so that `constructor` is not an operator. */
export const BASE_OPERATORS: ReadonlyMap<string, BaseOperator> = /* @__PURE__ */ new Map(
  TABLE.flatMap(readRow),
)

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
