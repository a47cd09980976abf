/**
 * A decision in a few lines: the statement it rests on, and which key had which value.
 *
 * Shape   what decided, then one line a condition.
 * Errors  None.
 *
 * @module
 */
import type { Explanation, StatementExplanation } from '@iamkit/core'

type ConditionExplanation = StatementExplanation['conditions'][number]

export function why(explanation: Explanation): readonly string[] {
  const { decision, statements, nearest, message } = explanation
  if (decision.answer === 'ImplicitDeny') {
    const because = message.replace(/^.* because /s, '')
    return nearest ? [because, nearest.message] : [because]
  }
  const effect = decision.answer === 'Allow' ? 'Allow' : 'Deny'
  return statements
    .filter((statement) => statement.effect === effect && statement.applies)
    .flatMap((statement) => [
      `${effect === 'Allow' ? 'allowed' : 'denied'} by ${nameOf(statement)}`,
      ...new Set(statement.conditions.map(fact)),
    ])
}

function nameOf({ sid, statement, policy }: StatementExplanation): string {
  return `\`${sid ?? `statement ${statement}`}\` in ${policy ?? 'a policy without a name'}`
}

/** Such as `aws:ResourceTag/team` is `engineering`. */
function fact({ key, had, missing }: ConditionExplanation): string {
  if (missing || had === undefined) return `\`${key}\` is missing`
  const values = typeof had === 'string' ? [had] : had
  return `\`${key}\` is ${values.map((value) => `\`${value}\``).join(', ')}`
}
