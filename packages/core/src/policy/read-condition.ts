/**
 * Reads Condition: operator → key → values.
 *
 * Errors  None: what is wrong goes to the report.
 * Source  Specification 1.1 and 1.7.
 *
 * @module
 */
import type { JsonNode } from '../json/node.js'
import { checkConditionKey, checkConditionValue, checkOperator } from './check-condition.js'
import { flawOf } from './flaw.js'
import { type ConditionOperator, parseOperator } from './operator.js'
import type { Condition } from './policy.js'
import { type Reading, readList, readMembers, readString } from './reading.js'
import type { Report } from './report.js'

export function readConditions(node: JsonNode, reading: Reading): readonly Condition[] {
  const blocks = readMembers(node, reading.report)
  return [...(blocks ?? [])].flatMap(([name, block]) => readBlock(name, block, reading))
}

function readBlock(name: string, block: JsonNode, reading: Reading): readonly Condition[] {
  const { report } = reading
  const operator = parseOperator(name)
  report.add(block, checkOperator(name, operator))
  const keys = readMembers(block, report)
  if (!operator || !keys) return []

  const seen = new Set<string>()
  return [...keys].map(([key, list]) => {
    const lower = key.toLowerCase()
    if (seen.has(lower)) report.add(list, flawOf('duplicate-keys-with-different-case', key))
    seen.add(lower)
    report.add(list, checkConditionKey(key, operator))
    return Object.freeze({ operator, key, values: readValues(list, operator, reading) })
  })
}

function readValues(
  list: JsonNode,
  operator: ConditionOperator,
  { report, version }: Reading,
): readonly string[] {
  const check = (value: string) => checkConditionValue(value, operator, version)
  const values = readList(list, report, { read: readValue, check })
  if (operator.family === 'bool' && values.length > 1)
    report.add(list, flawOf('invalid-condition-multiple-boolean'))
  return values
}

/** A string, or the JSON text of a number or a boolean. */
function readValue(node: JsonNode, report: Report): string | undefined {
  return node.kind === 'number' || node.kind === 'boolean' ? node.text : readString(node, report)
}
