/**
 * The Allow that came closest, for a request that nothing allowed.
 *
 * Errors  None.
 * Source  Specification 6.3, last paragraph; the choice is iamkit's own.
 *
 * @module
 */
import { cut } from '../errors.js'
import type { Decision } from '../evaluate/decision.js'
import { parseOperator } from '../policy/operator.js'
import type { ConditionExplanation, NearMiss, StatementExplanation } from './explanation.js'

type Refusal = Extract<Decision, { answer: 'ImplicitDeny' }>

/** Looks where the refusal is blamed: there an Allow was wanted. Action must match, or it is far off. */
export function nearestMiss(
  { type }: Refusal,
  statements: readonly StatementExplanation[],
  resource: string,
): NearMiss | undefined {
  const candidates = statements.filter(
    ({ effect, applies, policyType, elements }) =>
      effect === 'Allow' && !applies && policyType === type && elements.action === true,
  )
  const [statement] = [...candidates].sort((a, b) => missesOf(a) - missesOf(b))
  return statement && { statement, message: missMessage(statement, resource) }
}

/** A missed principal or resource weighs more than any number of missed conditions. */
function missesOf({ elements, conditions }: StatementExplanation): number {
  const missed = conditions.filter(({ matched }) => !matched).length
  return (
    missed + (elements.resource === false ? 1000 : 0) + (elements.principal === false ? 2000 : 0)
  )
}

function missMessage(statement: StatementExplanation, resource: string): string {
  const name = `\`${nameOf(statement)}\``
  if (statement.elements.principal === false)
    return `${name} allows it, but speaks of other principals`
  if (statement.elements.resource === false)
    return `${name} allows it, but not on \`${cut(resource)}\``
  const missed = statement.conditions.filter(({ matched }) => !matched)
  return missed.map((condition) => conditionMessage(condition, name)).join('; ')
}

/** Its Sid, or its place in its policy. */
export function nameOf({ sid, policy, statement }: StatementExplanation): string {
  if (sid) return cut(sid)
  return policy === undefined ? `statement ${statement}` : `${cut(policy)}, statement ${statement}`
}

/** Such as ``aws:RequestTag/team` is `ops`, `MustTagNewDocs` wants `eng``. */
export function conditionMessage(condition: ConditionExplanation, name: string): string {
  const { had, missing } = condition
  const key = cut(condition.key)
  const state = missing
    ? `\`${key}\` is missing`
    : `\`${key}\` is ${quoted(typeof had === 'string' ? [had] : (had ?? []))}`
  return `${state}, ${name} wants ${wish(condition)}`
}

function wish({ wanted, operator: name }: ConditionExplanation): string {
  const operator = parseOperator(name)
  if (operator?.family === 'null') return wanted.includes('true') ? 'it absent' : 'it present'
  const values = quoted(wanted.filter((value) => value !== null))
  const unresolved = wanted.includes(null) && 'a variable that has no value'
  const words = [
    WORDS[operator?.quantifier ?? ''],
    operator?.isNegated && 'anything but',
    WORDS[operator?.comparison ?? ''],
    [values, unresolved].filter(Boolean).join(' or ') || 'nothing',
    operator?.family === 'date' && '(time)',
  ]
  return words.filter(Boolean).join(' ')
}

const WORDS: { readonly [part: string]: string } = {
  ForAllValues: 'only',
  ForAnyValue: 'some',
  less: 'less than',
  'less-or-equal': 'at most',
  greater: 'more than',
  'greater-or-equal': 'at least',
}

function quoted(values: readonly string[]): string {
  const shown = values.slice(0, 5).map((value) => `\`${cut(value)}\``)
  return [...shown, ...(values.length > 5 ? [`${values.length - 5} more`] : [])].join(', ')
}
