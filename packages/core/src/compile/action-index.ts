/**
 * Which statements can match an action, found without asking each of them.
 *
 * Shape   an exact name is one look-up; `docs:Get*` is one for each length that such a prefix has;
 *         the few patterns left over (a star inside, NotAction) are asked in turn.
 * Errors  None.
 * Source  `docs/concepts/performance.md`.
 *
 * @module
 */
import type { Statement } from '../policy/policy.js'
import { coversAction, isEveryAction, isListed } from './action-pattern.js'

export interface ActionIndex<Item> {
  /** The lists whose statements match an action (in lower case). An item may stand in several. */
  readonly find: (action: string) => readonly (readonly Item[])[]
  /** Every list there is. */
  readonly lists: () => Iterable<readonly Item[]>
}

export function createActionIndex<Item>(
  statements: Iterable<readonly [Statement, Item]>,
): ActionIndex<Item> {
  const exact = new Map<string, Item[]>()
  const prefixes = new Map<string, Item[]>()
  const odd: { readonly matches: (action: string) => boolean; readonly items: Item[] }[] = []
  for (const [{ actions, notActions }, item] of statements) {
    if (notActions) odd.push({ matches: (action) => !isListed(notActions, action), items: [item] })
    for (const written of notActions ? [] : (actions ?? [])) {
      const pattern = written.toLowerCase()
      const prefix = prefixOf(pattern)
      if (!/[*?]/.test(pattern)) add(exact, pattern, item)
      else if (prefix !== undefined) add(prefixes, prefix, item)
      else odd.push({ matches: (action) => coversAction(pattern, action), items: [item] })
    }
  }
  const lengths = [...new Set([...prefixes.keys()].map((prefix) => prefix.length))]
  return {
    find(action) {
      const lists = [
        exact.get(action),
        ...lengths.map((length) => prefixes.get(action.slice(0, length))),
      ]
      for (const { matches, items } of odd) if (matches(action)) lists.push(items)
      return lists.filter((list) => list !== undefined)
    },
    lists: () => [...exact.values(), ...prefixes.values(), ...odd.map(({ items }) => items)],
  }
}

/** What stands before the only wildcard, a star at the end; the empty text for every action. */
function prefixOf(pattern: string): string | undefined {
  if (isEveryAction(pattern)) return ''
  const prefix = pattern.slice(0, -1)
  return pattern.endsWith('*') && prefix.includes(':') && !/[*?]/.test(prefix) ? prefix : undefined
}

function add<Item>(lists: Map<string, Item[]>, key: string, item: Item): void {
  const list = lists.get(key)
  if (!list) lists.set(key, [item])
  else if (list[list.length - 1] !== item) list.push(item)
}
