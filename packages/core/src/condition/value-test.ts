/**
 * From an operator's family to its value test.
 *
 * Errors  None.
 * Source  Specification 2.2 to 2.8.
 *
 * @module
 */
import type { PolicyVersion } from '../policy/document.js'
import type { Comparison } from '../policy/operator.js'
import type { Condition } from '../policy/policy.js'
import { parseBase64 } from '../value/base64.js'
import { parseBoolean } from '../value/boolean.js'
import { compareDecimals, parseDecimal } from '../value/decimal.js'
import { compareInstants, parseInstant } from '../value/instant.js'
import { isInRange, parseIpAddress, parseIpRange } from '../value/ip.js'
import { arnHits } from './arn-match.js'
import { type Hits, parsedHits } from './hit.js'
import { stringHits } from './string.js'

/** Makes the test of a condition's values, for every family but `null`, which looks at no value. */
export function valueHits(condition: Condition, version: PolicyVersion): Hits {
  const { operator, values } = condition
  switch (operator.family) {
    case 'string':
      return stringHits(values, operator.comparison, version)
    case 'arn':
      return arnHits(values, version)
    case 'numeric':
      return orderedHits(values, operator.comparison, {
        parse: parseDecimal,
        compare: compareDecimals,
      })
    case 'date':
      return orderedHits(values, operator.comparison, {
        parse: parseInstant,
        compare: compareInstants,
      })
    case 'ip':
      return parsedHits(values, {
        parseWanted: parseIpRange,
        parseHad: parseIpAddress,
        matches: isInRange,
      })
    case 'binary':
      return parsedHits(values, {
        parseWanted: parseBase64,
        parseHad: parseBase64,
        matches: Object.is,
      })
    default:
      return parsedHits(values, {
        parseWanted: parseBoolean,
        parseHad: parseBoolean,
        matches: Object.is,
      })
  }
}

/** The request's value is the left operand. */
function orderedHits<T>(
  values: readonly string[],
  comparison: Comparison,
  type: {
    readonly parse: (text: string) => T | undefined
    readonly compare: (had: T, wanted: T) => number
  },
): Hits {
  return parsedHits(values, {
    parseWanted: type.parse,
    parseHad: type.parse,
    matches: (had: T, wanted: T) => holds(comparison, type.compare(had, wanted)),
  })
}

function holds(comparison: Comparison, order: number): boolean {
  switch (comparison) {
    case 'less':
      return order < 0
    case 'less-or-equal':
      return order <= 0
    case 'greater':
      return order > 0
    case 'greater-or-equal':
      return order >= 0
    default:
      return order === 0
  }
}
