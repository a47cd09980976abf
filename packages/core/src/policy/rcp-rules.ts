/**
 * What resource control policies ask for beyond the table of elements.
 *
 * Errors  None.
 * Source  Specification 1.3; AWS Organizations User Guide, "RCP syntax".
 *
 * @module
 */
import type { Statement } from './policy.js'
import type { Flaw } from './report.js'

export function* rcpFlaws(statement: Statement): Iterable<Flaw> {
  const isLoneStar = (list: readonly string[] | undefined) =>
    list?.length === 1 && (list[0] === '*' || list[0] === '*:*')
  const namesAll = statement.principal?.isStar === true
  if (statement.principal && !namesAll) {
    yield {
      code: 'rcp-syntax-error-principal',
      message: 'a resource control policy speaks of `"*"` only',
    }
  }
  if (statement.notActions) {
    yield {
      code: 'rcp-syntax-error-notaction',
      message: 'a resource control policy takes no `NotAction`',
    }
  }
  const isBuiltIn =
    isLoneStar(statement.actions) &&
    isLoneStar(statement.resources) &&
    statement.conditions.length === 0
  if (statement.effect === 'Allow' && !isBuiltIn) {
    yield {
      code: 'rcp-syntax-error-allow',
      message: 'a resource control policy only denies; the allow is built in',
    }
  }
  if (statement.effect === 'Deny' && isLoneStar(statement.actions)) {
    yield {
      code: 'rcp-syntax-error-action',
      message: 'a resource control policy must name services, not a lone `*`',
    }
  }
}
