/**
 * Reads Condition: operator → key → values.
 *
 * Errors  None: what is wrong goes to the report.
 * Source  Specification 1.1 and 1.7.
 *
 * @module
 */
import { cut } from '../errors.js'
import { checkConditionKey, checkConditionValue, checkOperator } from './check-condition.js'
import { type ConditionOperator, parseOperator } from './operator.js'
import type { Condition } from './policy.js'
import { type Element, itemsOf, placeOf, type Reading, readMembers, typeFlaw } from './reading.js'

export function readConditions(element: Element, reading: Reading): readonly Condition[] {
  const blocks = readMembers(element, reading.report, { noun: 'a Condition' })
  return [...(blocks ?? [])].flatMap(([name, block]) => readBlock(name, block, reading))
}

function readBlock(name: string, block: Element, reading: Reading): readonly Condition[] {
  const operator = parseOperator(name)
  const flaw = checkOperator(name, operator)
  if (flaw) reading.report.add(placeOf(block), flaw)
  const keys = readMembers(block, reading.report, { noun: `the block of \`${cut(name)}\`` })
  if (!operator || !keys) return []

  const seen = new Map<string, string>()
  return [...keys].map(([key, list]) => {
    const other = seen.get(key.toLowerCase())
    if (other !== undefined) {
      reading.report.add(placeOf(list), {
        code: 'duplicate-keys-with-different-case',
        message: `\`${cut(key)}\` and \`${cut(other)}\` are the same condition key`,
      })
    }
    seen.set(key.toLowerCase(), key)
    return readCondition(key, list, { ...reading, operator })
  })
}

function readCondition(
  key: string,
  list: Element,
  reading: Reading & { readonly operator: ConditionOperator },
): Condition {
  const { report, operator } = reading
  const flaw = checkConditionKey(key, operator)
  if (flaw) report.add(placeOf(list), flaw)

  const values: string[] = []
  for (const item of itemsOf(list)) {
    const value = readValue(item, reading)
    if (value !== undefined) values.push(value)
  }
  if (operator.family === 'bool' && values.length > 1) {
    report.add(placeOf(list), {
      code: 'invalid-condition-multiple-boolean',
      message: `\`${operator.name}\` takes one boolean a key`,
    })
  }
  return { operator, key, values }
}

/** A string, or the JSON text of a number or a boolean. */
function readValue(
  item: Element,
  { report, operator, version }: Reading & { readonly operator: ConditionOperator },
): string | undefined {
  const { node } = item
  if (node.kind !== 'string' && node.kind !== 'number' && node.kind !== 'boolean') {
    report.add(
      placeOf(item),
      typeFlaw(node, 'a condition value must be a string, a number or a boolean'),
    )
    return undefined
  }
  const value = node.kind === 'number' ? node.text : String(node.value)
  const flaw = checkConditionValue(value, operator, version)
  if (flaw) report.add(placeOf(item), flaw)
  return value
}
