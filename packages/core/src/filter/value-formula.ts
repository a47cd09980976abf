/**
 * Whether a field's value hits any of a condition's wanted values.
 *
 * Shape   the formula is false where the field is absent; negation is applied by the caller, once.
 * Errors  None.
 * Source  Specification 2.2 to 2.8.
 *
 * @module
 */
import { splitArnPattern } from '../arn/arn-split.js'
import type { GlobToken } from '../glob/glob.js'
import type { Comparison, OperatorFamily } from '../policy/operator.js'
import type { Condition } from '../policy/policy.js'
import { parseTemplate, resolveTemplate, variableEnd } from '../policy/variable.js'
import { parseBoolean } from '../value/boolean.js'
import type { FilterComparison, FilterField } from './filter-condition.js'
import type { TypedField } from './filter-query.js'
import { allOf, anyOf, type Formula, negate, oneOf, present } from './formula.js'
import { plainDate, plainNumber } from './plain-value.js'
import { likeTest, spellingsOf, textTest } from './text-test.js'
import {
  asksResource,
  emptyOrAbsent,
  isText,
  loneVariable,
  type Translation,
} from './translation.js'

export const INSIDE_TEXT = 'a variable of the resource inside a longer value'
export const MANY_SPELLINGS = 'a text of too many spellings, or with letters beyond ASCII'

export function hitFormula(condition: Condition, field: TypedField, about: Translation): Formula {
  const hit = hitOf(condition, field)
  if (!hit) {
    const { name } = condition.operator
    const kind = 'tag' in field.field ? 'a tag' : `a key of type ${field.type}`
    return about.refuse(`\`${name}\` on \`${condition.key}\`, ${kind}`)
  }
  return anyOf(
    condition.values.map((value) =>
      asksResource(value, condition, about)
        ? sameHit(value, { condition, field }, about)
        : hit(value, field.field, about),
    ),
  )
}

type Hit = (value: string, field: FilterField, about: Translation) => Formula

/** Undefined where an operator reads the field's values as something that the field is not. */
function hitOf({ operator }: Condition, field: TypedField): Hit | undefined {
  const { family, comparison } = operator
  if (family === 'numeric' && field.type === 'Numeric') return orderHit('number', comparison)
  if (family === 'date' && field.type === 'Date') return orderHit('date', comparison)
  if (isNeverRead(family, field)) return () => false
  if (!isText(field)) return undefined
  if (family === 'string')
    return comparison === 'equals-ignore-case' ? foldedHit : textHit(comparison)
  if (family === 'bool') return boolHit
  return family === 'arn' ? arnHit : undefined
}

/** No number reads as one of these, and no date as one of these or as a number. */
function isNeverRead(family: OperatorFamily, { type }: TypedField): boolean {
  if (type === 'Date' && family === 'numeric') return true
  return (type === 'Date' || type === 'Numeric') && ['bool', 'arn', 'ip'].includes(family)
}

function textHit(comparison: Comparison): Hit {
  return (value, field, about) => {
    const tokens = resolve(value, about, comparison === 'like')
    return tokens !== undefined && likeTest(field, tokens, about.refuse)
  }
}

const foldedHit: Hit = (value, field, about) => {
  const tokens = resolve(value, about, false)
  if (!tokens) return false
  const spellings = spellingsOf(tokens.join(''))
  return spellings ? oneOf(field, 'in', spellings) : about.refuse(MANY_SPELLINGS)
}

const boolHit: Hit = (value, field) => {
  const wanted = parseBoolean(value)
  return wanted !== undefined && oneOf(field, 'in', spellingsOf(String(wanted)) ?? [])
}

/** Component by component, so only a wildcard behind the fifth colon may stand for any text. */
const arnHit: Hit = (value, field, about) => {
  const parts = splitArnPattern(value, variableEnd).map((part) => resolve(part, about, true))
  const [a, b, c, d, e, tail] = parts
  const heads = [a, b, c, d, e]
  if (!tail || heads.some((head) => head?.some(holdsColon) ?? true)) return false
  if (heads.some((head) => head?.some((token) => typeof token !== 'string'))) {
    return about.refuse('a wildcard before the fifth colon of an ARN')
  }
  return likeTest(field, [...heads.map((head) => `${head?.join('')}:`), ...tail], about.refuse)
}

function holdsColon(token: GlobToken): boolean {
  return typeof token === 'string' && token.includes(':')
}

/** Undefined for a value that is never hit. */
function resolve(
  value: string,
  { version, context }: Translation,
  wildcards: boolean,
): readonly GlobToken[] | undefined {
  const { tokens, fault } = parseTemplate(value, { version, wildcards })
  return fault ? undefined : resolveTemplate(tokens, context)
}

const ORDERS = {
  equals: '=',
  less: '<',
  'less-or-equal': '<=',
  greater: '>',
  'greater-or-equal': '>=',
} as const satisfies Partial<Record<Comparison, FilterComparison['is']>>

function orderHit(type: FilterComparison['type'], comparison: Comparison): Hit {
  const is = ORDERS[comparison as keyof typeof ORDERS]
  return (text, field, about) => {
    const value = type === 'number' ? plainNumber(text) : plainDate(text)
    if (value === false) return about.refuse(`\`${text}\`, which is beyond what columns hold`)
    return value !== undefined && { field, is, type, value }
  }
}

interface OneField {
  readonly condition: Condition
  readonly field: TypedField
}

/** Two fields of the resource beside each other. A variable with an empty value has none. */
function sameHit(value: string, { condition, field }: OneField, about: Translation): Formula {
  const found = loneVariable(value, condition, about)
  if (!found || !isText(field)) return about.refuse(INSIDE_TEXT)
  if (condition.operator.comparison === 'equals-ignore-case') return about.refuse(MANY_SPELLINGS)
  const other = found.field.field
  const isItself = JSON.stringify(field.field) === JSON.stringify(other)
  const same = isItself ? present(other) : ({ field: field.field, is: 'same', other } as const)
  const { fallback } = found.variable
  const falls = fallback !== undefined && textTest(field.field, [fallback], about.refuse)
  return anyOf([
    allOf([same, negate(emptyOrAbsent(found.field))]),
    allOf([falls, emptyOrAbsent(found.field)]),
  ])
}
