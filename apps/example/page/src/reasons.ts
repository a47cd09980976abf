/**
 * What decided, out of all that a refusal lists: the statements that deny, or else those that came nearest to allowing.
 *
 * Errors  None.
 *
 * @module
 */
import type { Compared, LookedAt } from './api.js'

export interface Fact {
  readonly operator: string
  readonly key: string
  /** The value that it had. */
  readonly is: string
  readonly wanted: string
}

export interface Reason {
  readonly statement: string
  readonly policy: string
  readonly effect: 'Allow' | 'Deny'
  readonly facts: readonly Fact[]
}

export function reasonsOf(explain: readonly LookedAt[]): readonly Reason[] {
  const denying = explain.filter(({ effect, applies }) => effect === 'Deny' && applies)
  if (denying.length > 0) return denying.map((one) => reasonOf(one, one.met))
  return explain
    .filter(({ effect, unmet }) => effect === 'Allow' && unmet !== undefined)
    .map((one) => reasonOf(one, one.unmet))
}

function reasonOf(
  { statement, policy, effect }: LookedAt,
  compared: readonly Compared[] = [],
): Reason {
  return {
    statement: String(statement),
    policy: policy.replace(/^.*:policy\//, ''),
    effect,
    facts: compared.map(({ operator, key, wanted, had }) => ({
      operator,
      key,
      is: had === null ? 'not there' : textOf(had),
      wanted: textOf(wanted),
    })),
  }
}

function textOf(value: string | readonly string[]): string {
  return [value].flat().join(', ')
}
