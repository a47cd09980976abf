/**
 * What can be wrong with a condition: its operator, its key and its values.
 *
 * Source  Specification 1.7, 1.9, 2 and 4.3.
 *
 * @module
 */
import { splitArnPattern } from '../arn/arn-split.js'
import { parseBase64 } from '../value/base64.js'
import { parseBoolean } from '../value/boolean.js'
import { parseDecimal } from '../value/decimal.js'
import { parseInstant } from '../value/instant.js'
import { parseIpRange } from '../value/ip.js'
import { SIX_PARTS } from './check-resource.js'
import { checkVariables } from './check-variables.js'
import type { PolicyVersion } from './document.js'
import { type Flaw, firstFlaw, flawOf, NO_VARIABLE, type Rule } from './flaw.js'
import type { ConditionOperator, OperatorFamily } from './operator.js'
import { variableEnd } from './variable.js'

/** What is wrong with the operator itself; `undefined` for an operator's name that is none. */
export function checkOperator(
  name: string,
  operator: ConditionOperator | undefined,
): Flaw | undefined {
  if (!operator) return flawOf('invalid-condition-operator', name)
  if (operator.family !== 'null') return undefined
  if (operator.ifExists) return flawOf('null-with-if-exists', name, 'expected `Null`')
  return operator.quantifier && flawOf('null-with-qualifier', name, 'expected `Null`')
}

/** The global keys that hold many values; a test holds this to the catalogue, which is too large here. */
const LIST_KEY =
  /^(aws:(calledvia|tagkeys|principalservicenameslist|(principal|resource|source|vpce)orgpaths)|sts:transitivetagkeys)$/

const KEY_RULES: readonly Rule[] = [
  NO_VARIABLE,
  [/^[^:]+:(request|resource|principal)tag\/?$/i, 'missing-tag-key-in-condition'],
  [/^(?![^:\s]+:\S)/, 'invalid-condition-key-format', 'expected `service:name`'],
]

export function checkConditionKey(key: string, operator: ConditionOperator): Flaw | undefined {
  const { name, family, quantifier } = operator
  const isList = LIST_KEY.test(key.toLowerCase())
  if (!isList || quantifier || family === 'null') return firstFlaw(key, KEY_RULES)
  return flawOf(
    'missing-qualifier',
    key,
    `expected \`ForAnyValue:${name}\` or \`ForAllValues:${name}\``,
  )
}

const MAX_VALUE_LENGTH = 8192

/** What is wrong with one value under an operator. */
export function checkConditionValue(
  value: string,
  { family }: ConditionOperator,
  version: PolicyVersion,
): Flaw | undefined {
  if (value.length > MAX_VALUE_LENGTH) return flawOf('value-too-long', value)
  if (family === 'string') return checkVariables(value, version)
  if (family === 'arn') {
    const isWhole = splitArnPattern(value, variableEnd).length === 6
    const flaw = isWhole ? undefined : flawOf('missing-arn-field', value, SIX_PARTS)
    return checkVariables(value, version) ?? flaw
  }
  if (version === '2012-10-17' && value.includes('${'))
    return flawOf('invalid-variable-for-operator', value)
  const [parse, code, expected] = TYPES[family]
  return parse(value) === undefined ? flawOf(code, value, expected) : undefined
}

const TYPES: {
  readonly [Family in Exclude<OperatorFamily, 'string' | 'arn'>]: readonly [
    parse: (value: string) => unknown,
    code: string,
    expected?: string,
  ]
} = {
  numeric: [parseDecimal, 'type-mismatch-number'],
  date: [parseInstant, 'type-mismatch-date', 'expected ISO 8601 or epoch seconds'],
  ip: [parseIpRange, 'type-mismatch-ip-range'],
  binary: [parseBase64, 'type-mismatch-string', 'expected base64'],
  bool: [parseBoolean, 'type-mismatch-boolean'],
  null: [parseBoolean, 'type-mismatch-boolean'],
}
