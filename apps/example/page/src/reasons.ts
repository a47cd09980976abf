/**
 * What decided, out of all that a refusal lists: the statements that deny, or else those that came nearest to allowing.
 *
 * Shape   of a statement that denies, the answer does not repeat the conditions: they stand in the caller's own policies.
 * Errors  None: what the policies do not say is left out.
 *
 * @module
 */
import type { CanSnapshot } from '@iamkit/client'
import type { LookedAt } from './api.js'

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

export function reasonsOf(
  explain: readonly LookedAt[],
  snapshot: CanSnapshot | undefined,
): readonly Reason[] {
  const denying = explain.filter(({ effect, applies }) => effect === 'Deny' && applies)
  if (denying.length > 0) {
    return denying.map((one) => ({ ...named(one), facts: conditionsOf(one, snapshot) }))
  }
  return explain
    .filter(({ effect, unmet }) => effect === 'Allow' && unmet !== undefined)
    .map((one) => ({
      ...named(one),
      facts: (one.unmet ?? []).map(({ operator, key, wanted, had }) => ({
        operator,
        key,
        is: had === null ? 'not there' : textOf(had),
        wanted: textOf(wanted),
      })),
    }))
}

function named({ statement, policy, effect }: LookedAt) {
  return { statement: String(statement), policy: policy.replace(/^.*:policy\//, ''), effect }
}

type Condition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>

function conditionsOf({ statement }: LookedAt, snapshot: CanSnapshot | undefined): readonly Fact[] {
  const texts = [...(snapshot?.identity ?? []), snapshot?.boundary ?? '{}']
  const all = texts.flatMap((text) => {
    const { Statement = [] } = JSON.parse(text) as { Statement?: readonly object[] }
    return [Statement].flat() as readonly { Sid?: string; Condition?: Condition }[]
  })
  const found = all.find(({ Sid }) => Sid === statement)
  return Object.entries(found?.Condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, wanted]) => ({
      operator,
      key,
      is: 'so',
      wanted: textOf(wanted),
    })),
  )
}

function textOf(value: string | readonly string[]): string {
  return [value].flat().join(', ')
}
