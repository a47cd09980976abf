/**
 * Many changes as few as possible: one a record, from its first state to its last.
 *
 * Errors  None.
 *
 * @module
 */
import type { Change } from './change.js'

/** Changes of the same outcome, each record once; records that end as they began are left out. */
export function coalesce(changes: readonly Change[]): readonly Change[] {
  const merged = new Map<string, Change>()
  for (const change of changes) {
    const key = `${change.account} ${change.kind} ${change.id}`
    const earlier = merged.get(key)
    merged.set(key, earlier ? { ...change, before: earlier.before } : change)
  }
  return [...merged.values()].filter(({ before, after }) => before !== after)
}
