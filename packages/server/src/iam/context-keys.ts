/**
 * The context keys that policies ask for: in conditions and in variables.
 *
 * Shape   each key once, as it was first written.
 * Errors  None.
 * Source  IAM API reference, GetContextKeysForCustomPolicy.
 *
 * @module
 */
import type { Policy, Statement } from '@iamkit/core'

/** `${aws:username}`, and with a default; the escapes `${*}`, `${?}` and `${$}` are no keys. */
const VARIABLE = /\$\{\s*([^\s,}*?$]+)\s*(?:,[^}]*)?\}/g

export function contextKeysOf(policies: readonly Policy[]): readonly string[] {
  const asked = policies.flatMap((policy) =>
    policy.statements.flatMap((statement) => keysOf(statement, policy)),
  )
  return distinct(asked)
}

export function keysOf(statement: Statement, { version }: Pick<Policy, 'version'>) {
  const { conditions, resources, notResources } = statement
  const texts = [
    ...conditions.flatMap(({ values }) => values),
    ...(resources ?? notResources ?? []),
  ]
  const variables = version === '2012-10-17' ? texts.flatMap(variablesIn) : []
  return [...conditions.map(({ key }) => key), ...variables]
}

/** Keys are compared without regard to case. */
export function distinct(keys: readonly string[]): readonly string[] {
  const known = new Map<string, string>()
  for (const key of keys) {
    if (!known.has(key.toLowerCase())) known.set(key.toLowerCase(), key)
  }
  return [...known.values()]
}

function variablesIn(text: string): readonly string[] {
  return [...text.matchAll(VARIABLE)].map(([, key = '']) => key)
}
