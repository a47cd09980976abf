/**
 * What can be wrong with a condition: its operator, its key and its values.
 *
 * Source  Specification 1.7, 1.9 and 2.
 *
 * @module
 */
import { splitArnPattern } from '../arn/arn-split.js'
import { cut } from '../errors.js'
import { parseBase64 } from '../value/base64.js'
import { parseDecimal } from '../value/decimal.js'
import { parseInstant } from '../value/instant.js'
import { parseIpRange } from '../value/ip.js'
import { checkVariables } from './check-variables.js'
import { contextKeyInfo } from './context-key.js'
import type { PolicyVersion } from './document.js'
import type { ConditionOperator, OperatorFamily } from './operator.js'
import type { Flaw } from './report.js'
import { variableEnd } from './variable.js'

/** What is wrong with the operator itself; `undefined` for an operator's name that is none. */
export function checkOperator(
  name: string,
  operator: ConditionOperator | undefined,
): Flaw | undefined {
  if (!operator) {
    return {
      code: 'invalid-condition-operator',
      message: `unknown condition operator \`${cut(name)}\``,
    }
  }
  if (operator.family !== 'null') return undefined
  if (operator.ifExists) {
    return {
      code: 'null-with-if-exists',
      message: '`Null` asks whether a key exists and takes no `IfExists`',
    }
  }
  return operator.quantifier
    ? {
        code: 'null-with-qualifier',
        message: `\`${name}\` does not look at the key; write \`Null\``,
      }
    : undefined
}

export function checkConditionKey(key: string, operator: ConditionOperator): Flaw | undefined {
  const flaw = (code: string, problem: string): Flaw => ({
    code,
    message: `condition key \`${cut(key)}\` ${problem}`,
  })
  if (key.includes('${'))
    return flaw('variable-unsupported-in-element', 'holds a variable; keys take none')
  if (/^[^:]+:(request|resource|principal)tag\/?$/i.test(key)) {
    return flaw(
      'missing-tag-key-in-condition',
      'lacks the key of a tag, as in `aws:RequestTag/team`',
    )
  }
  if (!/^[^:\s]+:\S/.test(key))
    return flaw('invalid-condition-key-format', 'must be written `service:name`')
  if (contextKeyInfo(key)?.isMultivalued && !operator.quantifier && operator.family !== 'null') {
    return flaw(
      'missing-qualifier',
      `holds many values; write \`ForAnyValue:${operator.name}\` or \`ForAllValues:${operator.name}\``,
    )
  }
  return undefined
}

/** What is wrong with one value under an operator. */
export function checkConditionValue(
  value: string,
  operator: ConditionOperator,
  version: PolicyVersion,
): Flaw | undefined {
  if (value.length > MAX_VALUE_LENGTH) {
    return {
      code: 'value-too-long',
      message: `a condition value has at most ${MAX_VALUE_LENGTH} characters`,
    }
  }
  const { family } = operator
  if (family === 'string' || family === 'arn') {
    const flaw = checkVariables(value, version)
    return flaw ?? (family === 'arn' ? checkArnValue(value) : undefined)
  }
  if (version === '2012-10-17' && value.includes('${')) {
    return {
      code: 'invalid-variable-for-operator',
      message: `\`${cut(value)}\` holds a variable; \`${operator.name}\` takes none`,
    }
  }
  return checkTyped(value, family)
}

const MAX_VALUE_LENGTH = 8192

function checkArnValue(value: string): Flaw | undefined {
  if (splitArnPattern(value, variableEnd).length === 6) return undefined
  const message = `\`${cut(value)}\` never matches: an ARN has six parts, \`arn:partition:service:region:account:resource\``
  return { code: 'missing-arn-field', message }
}

type TypedFamily = Exclude<OperatorFamily, 'string' | 'arn'>

const isBoolean = (value: string) => /^(true|false)$/i.test(value)

const TYPED: {
  readonly [Family in TypedFamily]: readonly [(value: string) => boolean, string, string]
} = {
  numeric: [(value) => parseDecimal(value) !== undefined, 'type-mismatch-number', 'a number'],
  date: [
    (value) => parseInstant(value) !== undefined,
    'type-mismatch-date',
    'an ISO 8601 date or epoch seconds',
  ],
  ip: [
    (value) => parseIpRange(value) !== undefined,
    'type-mismatch-ip-range',
    'an IP address or CIDR range',
  ],
  binary: [(value) => parseBase64(value) !== undefined, 'type-mismatch-string', 'base64'],
  bool: [isBoolean, 'type-mismatch-boolean', '`true` or `false`'],
  null: [isBoolean, 'type-mismatch-boolean', '`true` or `false`'],
}

function checkTyped(value: string, family: TypedFamily): Flaw | undefined {
  const [isWellFormed, code, wanted] = TYPED[family]
  return isWellFormed(value) ? undefined : { code, message: `\`${cut(value)}\` is not ${wanted}` }
}
