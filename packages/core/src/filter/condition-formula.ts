/**
 * One condition as a formula: decided where its key is known, a test of a field where it is not.
 *
 * Errors  None.
 * Source  Specification 2.1, 2.9, 2.10 and 3.3.
 *
 * @module
 */
import { type CompiledCondition, compileCondition } from '../condition/condition.js'
import type { Condition } from '../policy/policy.js'
import { contextFrom, type RequestContext } from '../request/context.js'
import type { TypedField } from './filter-query.js'
import { absent, allOf, anyOf, type Formula, negate, oneOf, present } from './formula.js'
import { spellingsOf } from './text-test.js'
import { asksResource, emptyOrAbsent, loneVariable, type Translation } from './translation.js'
import { hitFormula, INSIDE_TEXT, MANY_SPELLINGS } from './value-formula.js'

export function conditionFormula(compiled: CompiledCondition, about: Translation): Formula {
  const field = about.fieldOf(compiled.condition.key.toLowerCase())
  if (!field) return knownKey(compiled, about)
  const { operator, key } = compiled.condition
  if (field.isList) return about.refuse(`\`${key}\`, a key with many values`)
  if (field.type === 'Bool') return truthKey(compiled, field, about)
  return operator.family === 'null'
    ? nullKey(compiled, field, about)
    : fieldKey(compiled, field, about)
}

/** Only a variable may ask the resource here. */
function knownKey({ condition, matches }: CompiledCondition, about: Translation): Formula {
  const { operator, values } = condition
  const had = about.context.get(condition.key.toLowerCase())
  const isCompared =
    typeof had === 'string' ? !(operator.quantifier && had === '') : operator.quantifier
  if (had === undefined || !isCompared) return matches(about.context)
  if (!values.some((value) => asksResource(value, condition, about))) return matches(about.context)
  if (typeof had !== 'string') return about.refuse('a variable of the resource beside a list')
  const hits = anyOf(values.map((value) => knownHit(had, { ...condition, values: [value] }, about)))
  return operator.isNegated ? negate(hits) : hits
}

/** Whether the one wanted value of a condition is what is had. */
function knownHit(had: string, condition: Condition, about: Translation): Formula {
  const { isNegated, comparison } = condition.operator
  const [value = ''] = condition.values
  if (!asksResource(value, condition, about)) {
    return compileCondition(condition, about.version, 'Allow').matches(about.context) !== isNegated
  }
  const found = loneVariable(value, condition, about)
  if (!found) return about.refuse(INSIDE_TEXT)
  const wanted = comparison === 'equals-ignore-case' ? spellingsOf(had) : [had]
  if (!wanted) return about.refuse(MANY_SPELLINGS)
  const { fallback } = found.variable
  return anyOf([
    had !== '' && oneOf(found.field.field, 'in', wanted),
    fallback !== undefined && wanted.includes(fallback) && emptyOrAbsent(found.field),
  ])
}

/** Three answers of the condition itself tell all that a field with two values can do. */
function truthKey(
  { condition, matches }: CompiledCondition,
  { field }: TypedField,
  about: Translation,
): Formula {
  if (condition.values.some((value) => asksResource(value, condition, about))) {
    return about.refuse(INSIDE_TEXT)
  }
  const answer = (had?: string) => matches(withValue(about.context, condition, had))
  const [whenTrue, whenFalse] = [answer('true'), answer('false')]
  return anyOf([
    answer() && absent(field),
    whenTrue && whenFalse && present(field),
    whenTrue && { field, is: 'true' },
    whenFalse && { field, is: 'false' },
  ])
}

/** Two answers tell all that Null can do. */
function nullKey(
  { condition, matches }: CompiledCondition,
  field: TypedField,
  about: Translation,
): Formula {
  const nothing = emptyOrAbsent(field)
  const whenNull = matches(withValue(about.context, condition))
  const whenHad = matches(withValue(about.context, condition, 'x'))
  return whenNull === whenHad ? whenNull : whenNull ? nothing : negate(nothing)
}

/** A context in which a condition's key holds one value, or none. */
function withValue(context: RequestContext, { key }: Condition, had?: string): RequestContext {
  const lower = key.toLowerCase()
  return contextFrom({
    get: (name) => (name === lower ? had : context.get(name)),
    keys: () => context.keys(),
  })
}

/** A value is compared; none, or an empty one under a set operator, is told by the operator alone. */
function fieldKey(
  { condition }: CompiledCondition,
  field: TypedField,
  about: Translation,
): Formula {
  const { quantifier, isNegated, ifExists } = condition.operator
  const hits = hitFormula(condition, field, about)
  const holds = isNegated ? negate(hits) : hits
  const nothing = emptyOrAbsent(field)
  if (quantifier === 'ForAllValues') return anyOf([nothing, holds])
  if (quantifier === 'ForAnyValue') return allOf([negate(nothing), holds])
  return anyOf([ifExists && absent(field.field), holds])
}
