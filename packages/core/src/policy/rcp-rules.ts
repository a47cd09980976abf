/**
 * What resource control policies ask for beyond the table of elements.
 *
 * Errors  None.
 * Source  Specification 1.3; AWS Organizations User Guide, "RCP syntax".
 *
 * @module
 */
import { type Flaw, flawOf } from './flaw.js'
import type { Statement } from './policy.js'

export function* rcpFlaws(statement: Statement): Iterable<Flaw> {
  const { effect, principal, actions, notActions, resources, conditions } = statement
  if (principal && !principal.isStar)
    yield flawOf('rcp-syntax-error-principal', undefined, 'expected `"*"`')
  if (notActions) yield flawOf('rcp-syntax-error-notaction', undefined, 'expected `Action`')
  const isBuiltIn = isLoneStar(actions) && isLoneStar(resources) && conditions.length === 0
  if (effect === 'Allow' && !isBuiltIn)
    yield flawOf('rcp-syntax-error-allow', undefined, 'expected `Deny`; the allow is built in')
  if (effect === 'Deny' && isLoneStar(actions))
    yield flawOf('rcp-syntax-error-action', '*', 'expected actions of a service')
}

function isLoneStar(list: readonly string[] | undefined): boolean {
  return list?.length === 1 && (list[0] === '*' || list[0] === '*:*')
}
