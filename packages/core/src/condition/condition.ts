/**
 * A condition becomes one predicate over the request's context.
 *
 * Errors  None.
 * Source  Specification 2.1, 2.9 and 2.10.
 *
 * @module
 */
import type { Effect, PolicyVersion } from '../policy/document.js'
import { lowerKey } from '../policy/lower-key.js'
import type { Condition } from '../policy/policy.js'
import type { RequestContext } from '../request/context.js'
import { parseBoolean } from '../value/boolean.js'
import { valueHits } from './value-test.js'
import { workBound } from './work.js'

/** One condition, asked by itself. */
export interface CompiledCondition {
  readonly condition: Condition
  readonly matches: (context: RequestContext) => boolean
}

/** What is too much to compare never allows: a Deny's condition holds then, and no other does. */
export function compileCondition(
  condition: Condition,
  version: PolicyVersion,
  effect: Effect,
): CompiledCondition {
  const { family, quantifier } = condition.operator
  if (family === 'null') return nullCondition(condition)
  const compiled = quantifier
    ? setCondition(condition, version)
    : singleCondition(condition, version)
  const isTooMuch = workBound(condition)
  if (!isTooMuch) return compiled
  const key = lowerKey(condition.key)
  return {
    condition,
    matches(context) {
      const had = context.get(key)
      if (had === undefined || !isTooMuch(had)) return compiled.matches(context)
      return effect === 'Deny'
    },
  }
}

/** Exactly one request value is expected: a list, even of one, is no match and no mismatch. */
function singleCondition(condition: Condition, version: PolicyVersion): CompiledCondition {
  const isNegated = isNegation(condition)
  const key = lowerKey(condition.key)
  const whenAbsent = isNegated || condition.operator.ifExists
  const hits = valueHits(condition, version)
  return {
    condition,
    matches(context) {
      const had = context.get(key)
      if (typeof had !== 'string') return had === undefined && whenAbsent
      return hits(had, context) !== isNegated
    },
  }
}

/** A set of nothing but empty texts is a null data set, and counts as absent. */
function setCondition(condition: Condition, version: PolicyVersion): CompiledCondition {
  const isForAll = condition.operator.quantifier === 'ForAllValues'
  const isNegated = isNegation(condition)
  const key = lowerKey(condition.key)
  const hits = valueHits(condition, version)
  return {
    condition,
    matches(context) {
      const had = context.get(key)
      if (had === undefined) return isForAll
      if (typeof had === 'string') return had === '' ? isForAll : hits(had, context) !== isNegated
      if (isAllEmpty(had)) return isForAll
      // by number: an iterator over a frozen list is left behind on the heap
      for (let i = 0; i < had.length; i++) {
        if ((hits(had[i] as string, context) !== isNegated) !== isForAll) return !isForAll
      }
      return isForAll
    },
  }
}

/** An empty list is never hit. Only a plain negated operator holds for a key that is present then (1.1). */
function isNegation({ operator, values }: Condition): boolean {
  const { isNegated, quantifier, ifExists } = operator
  return isNegated && (values.length > 0 || !(quantifier || ifExists))
}

/** True on an absent key for `true`, on a present one for `false`; with a set prefix a constant. */
function nullCondition(condition: Condition): CompiledCondition {
  const key = lowerKey(condition.key)
  const { quantifier } = condition.operator
  const wanted = condition.values.map(parseBoolean)
  const [whenPresent, whenNull] = [wanted.includes(false), wanted.includes(true)]
  const constant = quantifier && quantifier === 'ForAllValues'
  return {
    condition,
    matches: (context) => constant ?? (isNull(context.get(key)) ? whenNull : whenPresent),
  }
}

function isNull(had: string | readonly string[] | undefined): boolean {
  return had === undefined || had === '' || (typeof had !== 'string' && isAllEmpty(had))
}

function isAllEmpty(values: readonly string[]): boolean {
  for (let i = 0; i < values.length; i++) if (values[i] !== '') return false
  return true
}
