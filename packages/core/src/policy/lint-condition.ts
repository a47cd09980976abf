/**
 * What conditions say that their author may not mean.
 *
 * Errors  None.
 * Source  Specification 1.9 and 2.
 *
 * @module
 */
import { cut } from '../errors.js'
import { contextKeyInfo, fitsKey } from './context-key.js'
import type { Finding } from './finding.js'
import type { Condition, Statement } from './policy.js'

/** Findings about the conditions of a statement together. */
export function* lintConditions({ effect, conditions }: Statement): Iterable<Finding> {
  const [only] = conditions
  if (effect === 'Allow' && only && conditions.length === 1 && only.operator.isNegated) {
    const message = `\`${only.operator.name}\` alone allows every request without \`${cut(only.key)}\`, and every other value`
    yield {
      path: pathOf(only),
      code: 'negated-condition-alone',
      level: 'security-warning',
      message,
    }
  }
}

/** Findings about one condition. */
export function* lintCondition(condition: Condition, statement: Statement): Iterable<Finding> {
  yield* lintQuantifier(condition, statement)
  yield* lintKey(condition)
  yield* lintValues(condition)
}

function* lintQuantifier(
  condition: Condition,
  { effect, conditions }: Statement,
): Iterable<Finding> {
  const { operator, key } = condition
  if (effect !== 'Allow' || !operator.quantifier || operator.family === 'null') return
  const path = pathOf(condition)
  if (operator.quantifier === 'ForAnyValue' && operator.isNegated) {
    const message = `\`${operator.name}\` holds as soon as one value is not listed; \`ForAllValues:\` says that none is`
    yield { path, code: 'for-any-value-negated', level: 'security-warning', message }
  }
  if (operator.quantifier !== 'ForAllValues') return
  if (!conditions.some((other) => demandsPresence(other, key))) {
    const message = `\`${operator.name}\` holds when \`${cut(key)}\` is absent; add \`"Null": { "${cut(key)}": "false" }\``
    yield { path, code: 'for-all-values-without-null-check', level: 'security-warning', message }
  }
  const info = contextKeyInfo(key)
  if (info && !info.isMultivalued) {
    const message = `\`${cut(key)}\` has one value; \`${operator.name}\` holds when it is absent`
    yield { path, code: 'forallvalues-with-single-valued-key', level: 'security-warning', message }
  }
}

function demandsPresence({ operator, key, values }: Condition, wanted: string): boolean {
  const isSame = key.toLowerCase() === wanted.toLowerCase()
  if (!isSame || operator.ifExists) return false
  if (operator.family === 'null')
    return !operator.quantifier && values.every((value) => /^false$/i.test(value))
  return operator.quantifier === 'ForAnyValue' || (!operator.quantifier && !operator.isNegated)
}

function* lintKey(condition: Condition): Iterable<Finding> {
  const { operator, key, values } = condition
  const info = contextKeyInfo(key)
  if (!info) return
  const path = pathOf(condition)
  if (!fitsKey(operator.family, info)) {
    const message = `\`${cut(key)}\` is of type ${info.type}, which \`${operator.name}\` does not compare`
    yield { path, code: 'type-mismatch', level: 'warning', message }
  }
  if (
    info.isSensitive &&
    operator.comparison === 'like' &&
    values.some((value) => /[*?]/.test(value))
  ) {
    const message = `a wildcard in \`${cut(key)}\` lets strangers in; write the value out`
    yield { path, code: 'wildcard-usage-too-permissive', level: 'warning', message }
  }
}

function* lintValues(condition: Condition): Iterable<Finding> {
  const { operator, values } = condition
  const path = pathOf(condition)
  if (values.length === 0) {
    const message = `an empty list is never hit by \`${operator.name}\``
    yield { path, code: 'empty-array-condition', level: 'info', message }
  }
  for (const [i, value] of values.entries()) {
    const at = [...path, i]
    if (operator.family === 'string' && operator.comparison !== 'like' && hasWildcard(value)) {
      const message = `\`*\` and \`?\` are plain characters under \`${operator.name}\`; did you mean \`StringLike\`?`
      yield { path: at, code: 'wildcard-without-like-operator', level: 'warning', message }
    }
    if (operator.family === 'date') yield* lintDate(value, at)
    if (values.indexOf(value) < i) {
      yield {
        path: at,
        code: 'redundant-condition-value',
        level: 'info',
        message: `\`${cut(value)}\` is given twice`,
      }
    }
  }
}

function hasWildcard(value: string): boolean {
  return /[*?]/.test(value.replaceAll(/\$\{[*?$]\}/g, ''))
}

function* lintDate(value: string, path: Finding['path']): Iterable<Finding> {
  if (/^\d{4}$/.test(value)) {
    const message = `\`${value}\` is seconds since 1970, not a year; write \`${value}-01-01\``
    yield { path, code: 'invalid-date-value', level: 'warning', message }
  }
  if (/T[\d:.]+$/.test(value)) {
    yield {
      path,
      code: 'date-without-zone',
      level: 'warning',
      message: `\`${cut(value)}\` has no time zone and is taken as UTC`,
    }
  }
}

function pathOf({ operator, key }: Condition): Finding['path'] {
  return ['Condition', operator.name, key]
}
