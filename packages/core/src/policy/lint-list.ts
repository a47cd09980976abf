/**
 * Hints about lists: entries that say nothing, or say it twice.
 *
 * Errors  None.
 * Source  Specification 1.1 and 1.9.
 *
 * @module
 */
import { cut } from '../errors.js'
import { compileGlob, parseGlob } from '../glob/glob.js'
import type { Finding } from './finding.js'
import type { Statement } from './policy.js'

export function* lintLists(statement: Statement): Iterable<Finding> {
  const lower = (list: readonly string[] | undefined) => list?.map((value) => value.toLowerCase())
  const lists = {
    Action: lower(statement.actions),
    NotAction: lower(statement.notActions),
    Resource: statement.resources,
    NotResource: statement.notResources,
  }
  for (const [element, list] of Object.entries(lists)) {
    if (!list) continue
    yield* lintEmpty(element, list)
    yield* lintCovered(element, list)
    yield* lintWildcardService(element, list)
  }
  if (
    statement.principal &&
    !statement.principal.isStar &&
    statement.principal.entries.length === 0
  ) {
    yield* lintEmpty('Principal', [])
  }
}

function* lintEmpty(element: string, list: readonly string[]): Iterable<Finding> {
  if (list.length > 0 || element.startsWith('Not')) return
  const message = `an empty ${element} matches nothing: the statement has no effect`
  yield { path: [element], code: `empty-array-${element.toLowerCase()}`, level: 'info', message }
}

/** Bounded, since every entry is compared with every other. */
const MAX_COMPARED = 200

/** An entry that another entry's wildcards cover. Entries with variables are left alone. */
function* lintCovered(element: string, list: readonly string[]): Iterable<Finding> {
  if (list.length > MAX_COMPARED) return
  const covers = list.map((value) =>
    value.includes('${') ? undefined : compileGlob(parseGlob(value)),
  )
  for (const [i, value] of list.entries()) {
    const by = list.findIndex(
      (other, j) => i !== j && (other === value ? j < i : covers[j]?.(value)),
    )
    if (by < 0) continue
    const message = `\`${cut(value)}\` is covered by \`${cut(list[by] as string)}\``
    yield { path: [element, i], code: `redundant-${element.toLowerCase()}`, level: 'info', message }
  }
}

function* lintWildcardService(element: string, list: readonly string[]): Iterable<Finding> {
  if (!element.endsWith('Resource')) return
  for (const [i, value] of list.entries()) {
    const service = value.split(':', 3)[2]
    if (!service || service === '*' || !/[*?]/.test(service)) continue
    const message = `\`${cut(value)}\` has a wildcard in its service; name the service`
    yield { path: [element, i], code: 'wildcard-in-service-name', level: 'warning', message }
  }
}
