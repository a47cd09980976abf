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

/** Findings about the conditions of a statement. */
export function* lintConditions({ effect, conditions }: Statement): Iterable<Finding> {
  const [first] = conditions
  if (effect === 'Allow' && conditions.length === 1 && first?.operator.isNegated) {
    yield {
      path: pathOf(first),
      level: 'security-warning',
      code: 'negated-condition-alone',
      value: first.key,
      remedy: 'every other value is allowed, and every request without one',
    }
  }
  const present = new Set(conditions.filter(demandsPresence).map(({ key }) => key.toLowerCase()))
  for (const condition of conditions) {
    const findings = [
      ...(effect === 'Allow' ? lintQuantifier(condition, present) : []),
      ...lintKey(condition),
    ]
    for (const finding of findings)
      yield { path: pathOf(condition), value: condition.key, ...finding }
    yield* lintValues(condition)
  }
}

type KeyFinding = Omit<Finding, 'path' | 'value'>

/** Whether a condition fails where its key is absent. */
function demandsPresence({ operator, values }: Condition): boolean {
  const { family, quantifier, isNegated, ifExists } = operator
  if (ifExists) return false
  if (family === 'null') return !quantifier && values.every((value) => /^false$/i.test(value))
  return quantifier === 'ForAnyValue' || (!quantifier && !isNegated)
}

/** `present` holds the keys, in lower case, without which no request passes. */
function* lintQuantifier(
  { operator, key }: Condition,
  present: ReadonlySet<string>,
): Iterable<KeyFinding> {
  const level = 'security-warning'
  const { quantifier, isNegated, family } = operator
  if (quantifier === 'ForAnyValue' && isNegated && family !== 'null') {
    const remedy =
      'one value that is not listed is enough; `ForAllValues:` says that none is listed'
    yield { level, code: 'for-any-value-negated', remedy }
  }
  if (quantifier !== 'ForAllValues' || family === 'null') return
  if (!present.has(key.toLowerCase())) {
    const remedy = `it holds where the key is absent; add \`"Null": { "${cut(key)}": "false" }\``
    yield { level, code: 'for-all-values-without-null-check', remedy }
  }
  if (contextKeyInfo(key)?.isMultivalued === false)
    yield { level, code: 'forallvalues-with-single-valued-key' }
}

function* lintKey({ operator, key, values }: Condition): Iterable<KeyFinding> {
  const info = contextKeyInfo(key)
  if (!info) return
  if (!fitsKey(operator.family, info))
    yield { level: 'warning', code: 'type-mismatch', remedy: `its type is ${info.type}` }
  const hasWildcard = operator.comparison === 'like' && values.some((value) => /[*?]/.test(value))
  if (info.isSensitive && hasWildcard) {
    const remedy = 'a wildcard here lets strangers in'
    yield { level: 'warning', code: 'wildcard-usage-too-permissive', remedy }
  }
}

function* lintValues(condition: Condition): Iterable<Finding> {
  const { operator, values } = condition
  const list = pathOf(condition)
  if (values.length === 0) {
    const remedy = 'an empty list is never hit'
    yield { path: list, level: 'info', code: 'empty-array-condition', remedy }
  }
  const seen = new Set<string>()
  for (const [i, value] of values.entries()) {
    const path = [...list, i]
    if (operator.family === 'string' && operator.comparison !== 'like' && hasWildcard(value)) {
      const remedy = 'only `StringLike` has wildcards'
      yield { path, level: 'warning', code: 'wildcard-without-like-operator', value, remedy }
    }
    if (operator.family === 'date' && /^\d{4}$/.test(value)) {
      const remedy = `that is seconds since 1970; write \`${value}-01-01\``
      yield { path, level: 'warning', code: 'invalid-date-value', value, remedy }
    }
    if (operator.family === 'date' && /T[\d:.]+$/.test(value))
      yield {
        path,
        level: 'warning',
        code: 'date-without-zone',
        value,
        remedy: 'it is read as UTC',
      }
    if (seen.has(value)) yield { path, level: 'info', code: 'redundant-condition-value', value }
    seen.add(value)
  }
}

function hasWildcard(value: string): boolean {
  return /[*?]/.test(value.replaceAll(/\$\{[*?$]\}/g, ''))
}

function pathOf({ operator, key }: Condition): Finding['path'] {
  return ['Condition', operator.name, key]
}
