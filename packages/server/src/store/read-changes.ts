/**
 * What others changed, and whether all of it is still there.
 *
 * Shape   the change of `seq` itself is read along: the newest change is never pruned, so where it is missing, changes
 *         after it may be missing too.
 * Errors  `StoreError` `behind`.
 *
 * @module
 */
import type { StoredChange } from './store.js'
import { StoreError } from './store-error.js'

/** With more to catch up, loading everything is quicker. */
const MAX_CHANGES = 100_000

/** The statement that {@link missedSince} reads the rows of. */
export function readChanges(schema: string, since: number): string {
  if (!Number.isSafeInteger(since)) throw new RangeError('`since` must be a whole number')
  return `select seq, account, kind, id, body from ${schema}.changes
    where seq >= ${since} order by seq limit ${MAX_CHANGES + 2}`
}

/** Changes after `since`, in order. */
export function missedSince(
  since: number,
  rows: readonly Readonly<Record<string, unknown>>[],
): readonly StoredChange[] {
  const first = rows.length === 0 ? 0 : Number(rows[0]?.['seq'])
  const isWhole = since === 0 ? first <= 1 : first === since
  if (!isWhole || rows.length > MAX_CHANGES) {
    throw new StoreError('behind', 'changes that were missed are no longer kept')
  }
  return (since === 0 ? rows : rows.slice(1)).map(changeOf)
}

function changeOf(row: Readonly<Record<string, unknown>>): StoredChange {
  const { seq, account, kind, id, body } = row
  const after = typeof body === 'string' ? JSON.parse(body) : undefined
  return { seq: Number(seq), account, kind, id, after } as StoredChange
}
