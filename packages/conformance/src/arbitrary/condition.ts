/**
 * Condition blocks: every operator with every prefix and suffix, around what a request holds.
 *
 * Errors  None.
 * Source  Section 2 of the specification.
 *
 * @module
 */
import type { ConditionBlock, ConditionValue, OneOrMany } from '@iamkit/core'
import type { ContextValues } from '../reference/document-set.js'
import { type Choices, chance, pick, several, weighted } from './choices.js'
import { KEYS, spelled, value } from './context.js'
import { pattern, template } from './pattern.js'
import { type Family, WANTED } from './value.js'

const BASES: readonly (readonly [string, Family])[] = [
  ['StringEquals', 'string'],
  ['StringNotEquals', 'string'],
  ['StringEqualsIgnoreCase', 'string'],
  ['StringNotEqualsIgnoreCase', 'string'],
  ['StringLike', 'string'],
  ['StringNotLike', 'string'],
  ['NumericEquals', 'numeric'],
  ['NumericNotEquals', 'numeric'],
  ['NumericLessThan', 'numeric'],
  ['NumericLessThanEquals', 'numeric'],
  ['NumericGreaterThan', 'numeric'],
  ['NumericGreaterThanEquals', 'numeric'],
  ['DateEquals', 'date'],
  ['DateNotEquals', 'date'],
  ['DateLessThan', 'date'],
  ['DateLessThanEquals', 'date'],
  ['DateGreaterThan', 'date'],
  ['DateGreaterThanEquals', 'date'],
  ['Bool', 'bool'],
  ['BinaryEquals', 'binary'],
  ['IpAddress', 'ip'],
  ['NotIpAddress', 'ip'],
  ['ArnEquals', 'arn'],
  ['ArnNotEquals', 'arn'],
  ['ArnLike', 'arn'],
  ['ArnNotLike', 'arn'],
]

/** Every operator name there is, with the family of its values. */
export const OPERATORS: readonly (readonly [string, Family | 'null'])[] = [
  '',
  'ForAllValues:',
  'ForAnyValue:',
].flatMap((prefix) => [
  ...BASES.flatMap(([base, family]) => [
    [`${prefix}${base}`, family] as const,
    [`${prefix}${base}IfExists`, family] as const,
  ]),
  [`${prefix}Null`, 'null'] as const,
])

interface Entry {
  readonly operator: string
  readonly key: string
  readonly values: OneOrMany<ConditionValue>
}

/** Up to three conditions that a request with this context may fulfil. */
export function conditionBlock(choices: Choices, context: ContextValues): ConditionBlock {
  const entries = several(choices, [1, 3], () => entry(choices, context))
  const block: Record<string, Record<string, OneOrMany<ConditionValue>>> = {}
  for (const { operator, key, values } of entries) {
    block[operator] ??= {}
    const keys = block[operator]
    const isTaken = Object.keys(keys).some((one) => one.toLowerCase() === key.toLowerCase())
    if (!isTaken) keys[key] = values
  }
  return block
}

function entry(choices: Choices, context: ContextValues): Entry {
  const [operator, family] = pick(choices, OPERATORS)
  const fitting = KEYS.filter(([, keyFamily]) => family === 'null' || keyFamily === family)
  const [key] = pick(choices, chance(choices, 8) ? KEYS : fitting)
  if (family === 'null') {
    return { operator, key, values: pick(choices, ['true', 'false', true, false, 'TRUE', 'x', []]) }
  }
  const values = wanted(choices, { key, family, context })
  return { operator, key: spelled(choices, key), values }
}

interface Aim {
  readonly key: string
  readonly family: Family
  readonly context: ContextValues
}

function wanted(choices: Choices, aim: Aim): OneOrMany<ConditionValue> {
  if (chance(choices, 3)) return []
  if (chance(choices, 45)) return jsonValue(choices, wantedValue(choices, aim))
  return several(choices, [1, 3], () => jsonValue(choices, wantedValue(choices, aim)))
}

function wantedValue(choices: Choices, { key, family, context }: Aim): string {
  const name = Object.keys(context).find((one) => one.toLowerCase() === key.toLowerCase())
  const had = [(name !== undefined && context[name]) || []].flat()
  const text = weighted(choices, [
    [10, () => (had.length > 0 ? pick(choices, had) : value(choices, family))],
    [5, () => value(choices, family)],
    [6, () => pick(choices, WANTED[family])],
    [3, () => pattern(choices, had[0] ?? value(choices, family))],
  ])
  const mayVary = family === 'string' || family === 'arn'
  const isVaried = chance(choices, mayVary ? 28 : 4)
  return withoutHalves(isVaried ? template(choices, text, context) : text)
}

/** A document is Unicode: half of a surrogate pair, which cutting may leave, cannot stand in it. */
function withoutHalves(text: string): string {
  return text.replace(/\p{Surrogate}/gu, 'x')
}

/** As text, or where that says the same as a number or a boolean. */
function jsonValue(choices: Choices, text: string): ConditionValue {
  if (!chance(choices, 30)) return text
  if (text === 'true' || text === 'false') return text === 'true'
  return String(Number(text)) === text && text !== 'NaN' && text !== 'Infinity'
    ? Number(text)
    : text
}
