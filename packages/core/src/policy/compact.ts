/**
 * A checked policy as compact text, and back without checking it again.
 *
 * Shape   the JSON of a policy, but for the places in the text that its author wrote; an operator is its
 *         name.
 * Errors  None: only text that {@link compactPolicy} made is read.
 *
 * @module
 */
import { type ConditionOperator, parseOperator } from './operator.js'
import type { Condition, Policy, Statement } from './policy.js'

export function compactPolicy(policy: Policy): string {
  return JSON.stringify(policy, (key, value) => {
    if (key === 'span') return undefined
    return key === 'operator' ? value.name : value
  })
}

/** The policy again, without the places in the text that its author wrote. */
export function expandPolicy(text: string): Policy {
  const policy = JSON.parse(text) as Policy
  return { ...policy, statements: policy.statements.map(expandStatement) }
}

function expandStatement(statement: Statement): Statement {
  return { ...statement, conditions: statement.conditions.map(expandCondition) }
}

function expandCondition(condition: Condition): Condition {
  const name = condition.operator as unknown as string
  return { ...condition, operator: parseOperator(name) as ConditionOperator }
}
