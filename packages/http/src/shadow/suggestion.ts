/**
 * The smallest statements that would allow what was denied.
 *
 * Shape   one statement a caller, policy type and set of resources; actions that lack the same resources
 *         share it. None where a Deny applied, and none for resource control policies, which never allow.
 * Errors  None.
 * Source  Specification 1.3: which policy types name a principal.
 *
 * @module
 */
import type { PrincipalMap, RequestPrincipal, StatementDocument } from '@iamkit/core'
import type { ShadowSuggestion } from './shadow-report.js'
import type { Tally, TallyOf } from './tally.js'

export function suggestionsFor(tallies: readonly Tally[]): readonly ShadowSuggestion[] {
  const groups = new Map<string, [Tally, ...Tally[]]>()
  for (const tally of tallies.filter(isMendable)) {
    const { about, resources } = tally
    const key = JSON.stringify([about.caller, about.policyType, resources.patterns()])
    const group = groups.get(key)
    if (group) group.push(tally)
    else groups.set(key, [tally])
  }
  return [...groups.values()].map(suggestionFor)
}

function isMendable({ about, named }: Tally): boolean {
  return about.answer === 'ImplicitDeny' && about.policyType !== 'rcp' && named > 0
}

function suggestionFor(group: readonly [Tally, ...Tally[]]): ShadowSuggestion {
  const [{ about, resources }] = group
  const { caller, policyType } = about
  return {
    calls: group.reduce((sum, { named }) => sum + named, 0),
    caller,
    policyType,
    statement: {
      Effect: 'Allow',
      ...principalOf(about),
      Action: oneOrMany(group.map((tally) => tally.about.action).sort()),
      Resource: oneOrMany(resources.patterns()),
    },
    isBroad: resources.isBroad,
  }
}

function principalOf({
  policyType,
  principal,
  caller,
}: TallyOf): Pick<StatementDocument, 'Principal'> {
  if (policyType !== 'resource' && policyType !== 'endpoint') return {}
  return { Principal: namedPrincipal(principal, caller) }
}

function namedPrincipal({ type }: RequestPrincipal, caller: string): '*' | PrincipalMap {
  if (type === 'anonymous') return '*'
  if (type === 'service') return { Service: caller }
  return type === 'federated-caller' ? { Federated: caller } : { AWS: caller }
}

function oneOrMany(values: readonly string[]): string | readonly string[] {
  const [only] = values
  return only !== undefined && values.length === 1 ? only : values
}
