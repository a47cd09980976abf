/**
 * A condition becomes one predicate over the request's context.
 *
 * Errors  None.
 * Source  Specification 2.1, 2.9 and 2.10.
 *
 * @module
 */
import type { PolicyVersion } from '../policy/document.js'
import type { Condition } from '../policy/policy.js'
import type { RequestContext } from '../request/context.js'
import { parseBoolean, valueTest } from './value-test.js'

/** One condition, asked by itself. */
export interface CompiledCondition {
  readonly condition: Condition
  readonly matches: (context: RequestContext) => boolean
  /** The values after substitution; null for one whose variable has no value. */
  readonly wanted: (context: RequestContext) => readonly (string | null)[]
}

export function compileCondition(condition: Condition, version: PolicyVersion): CompiledCondition {
  return condition.operator.family === 'null'
    ? nullCondition(condition)
    : valueCondition(condition, version)
}

function valueCondition(condition: Condition, version: PolicyVersion): CompiledCondition {
  const { quantifier, ifExists, isNegated } = condition.operator
  const key = condition.key.toLowerCase()
  const test = valueTest(condition, version)
  const whenAbsent = quantifier ? quantifier === 'ForAllValues' : isNegated || ifExists

  return {
    condition,
    wanted: test.wanted,
    matches(context) {
      const had = context.get(key)
      if (had === undefined) return whenAbsent
      const passes = (value: string) => test.hits(value, context) !== isNegated
      if (!quantifier) return typeof had === 'string' && passes(had)

      const values = typeof had === 'string' ? [had] : had
      if (values.every((value) => value === '')) return whenAbsent
      return quantifier === 'ForAllValues' ? values.every(passes) : values.some(passes)
    },
  }
}

/** True on an absent key for `true`, on a present one for `false`; with a set prefix a constant. */
function nullCondition(condition: Condition): CompiledCondition {
  const key = condition.key.toLowerCase()
  const { quantifier } = condition.operator
  const wanted = condition.values.map(parseBoolean)
  return {
    condition,
    wanted: () => condition.values,
    matches(context) {
      if (quantifier) return quantifier === 'ForAllValues'
      return wanted.includes(isNull(context.get(key)))
    },
  }
}

function isNull(had: string | readonly string[] | undefined): boolean {
  if (typeof had === 'string') return had === ''
  return had === undefined || had.every((value) => value === '')
}
