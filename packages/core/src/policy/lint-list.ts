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
    Principal: statement.principal?.isStar ? undefined : statement.principal?.entries,
    Action: lower(statement.actions),
    NotAction: lower(statement.notActions),
    Resource: statement.resources,
    NotResource: statement.notResources,
  }
  for (const [element, list] of Object.entries(lists)) {
    if (list?.length !== 0 || element.startsWith('Not')) continue
    const code = `empty-array-${element.toLowerCase()}`
    yield { path: [element], level: 'info', code, remedy: 'it matches nothing' }
  }
  const { Principal, ...texts } = lists
  for (const [element, list = []] of Object.entries(texts)) {
    yield* lintCovered(element, list)
    if (element.endsWith('Resource')) yield* lintService(element, list)
  }
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
    const cover = list.find((other, j) => i !== j && (other === value ? j < i : covers[j]?.(value)))
    if (cover === undefined) continue
    const remedy = `\`${cut(cover)}\` covers it`
    const code = `redundant-${element.toLowerCase()}`
    yield { path: [element, i], level: 'info', code, value, remedy }
  }
}

function* lintService(element: string, list: readonly string[]): Iterable<Finding> {
  for (const [i, value] of list.entries()) {
    const service = value.split(':', 3)[2] ?? ''
    if (service !== '*' && /[*?]/.test(service))
      yield { path: [element, i], level: 'warning', code: 'wildcard-in-service-name', value }
  }
}
