/**
 * Context keys and values of a request: absent, single, listed, empty.
 *
 * Errors  None.
 * Source  Specification 2.1, 2.12 and 4.3.
 *
 * @module
 */
import type { ContextValues } from '../reference/document-set.js'
import { type Choices, chance, pick, several, weighted } from './choices.js'
import { type Family, VALUES } from './value.js'

/** The keys that generated policies speak of, and what they hold when all is as it should be. */
export const KEYS: readonly (readonly [string, Family])[] = [
  ['docs:text', 'string'],
  ['aws:PrincipalTag/team', 'string'],
  ['aws:ResourceTag/team', 'string'],
  ['aws:RequestTag/cost center', 'string'],
  ['aws:TagKeys', 'string'],
  ['docs:count', 'numeric'],
  ['docs:limit', 'numeric'],
  ['aws:CurrentTime', 'date'],
  ['aws:TokenIssueTime', 'date'],
  ['aws:MultiFactorAuthPresent', 'bool'],
  ['aws:SecureTransport', 'bool'],
  ['docs:digest', 'binary'],
  ['aws:SourceIp', 'ip'],
  ['docs:peers', 'ip'],
  ['aws:SourceArn', 'arn'],
  ['docs:linked', 'arn'],
]

/** Some keys of the list in some spelling, each with some value. */
export function context(choices: Choices): ContextValues {
  const present = KEYS.filter(() => chance(choices, 65))
  return Object.fromEntries(
    present.map(([key, family]) => [spelled(choices, key), contextValue(choices, family)]),
  )
}

/** Keys are found whatever their case. */
export function spelled(choices: Choices, key: string): string {
  return weighted(choices, [
    [6, () => key],
    [1, () => key.toUpperCase()],
    [1, () => key.toLowerCase()],
  ])
}

function contextValue(choices: Choices, family: Family): string | readonly string[] {
  return weighted<string | readonly string[]>(choices, [
    [76, () => value(choices, family)],
    [16, () => several(choices, [1, 3], () => value(choices, family))],
    [2, () => []],
    [3, () => ''],
    [2, () => several(choices, [1, 2], () => '')],
    [1, () => '\ud83d'],
  ])
}

/** Mostly of the family, and mostly well formed: those stand first in the list. */
export function value(choices: Choices, family: Family): string {
  const values = VALUES[family]
  return weighted(choices, [
    [50, () => pick(choices, values.slice(0, 3))],
    [44, () => pick(choices, values)],
    [6, () => pick(choices, VALUES[pick(choices, Object.keys(VALUES) as Family[])])],
  ])
}
