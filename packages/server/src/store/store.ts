/**
 * The port to a database: records, their changes in order, and the audit trail.
 *
 * Shape   all writers take one lock, so changes have one order (`seq`, from 1, without holes that fill up later).
 *         State is decided in memory; the store keeps it, orders it and tells of it.
 * Errors  `StoreError` (`ERR_STORE`) from every function.
 *
 * @module
 */
import type { AuditEvent, AuditQuery } from '../audit/audit-event.js'
import type { Change } from '../state/change.js'

/** A change as others read it: what it was before is theirs to know. */
export interface StoredChange extends Omit<Change, 'before'> {
  readonly seq: number
}

/** A record with its place. */
export type StoredRecord = Omit<StoredChange, 'seq'>

export interface Store {
  /** Every record, in no order, and the `seq` that they are as of. */
  readonly load: (visit: (record: StoredRecord) => void) => Promise<number>
  /**
   * One transaction under the lock. `work` is called at most once; it is given what others changed since `since`, and
   * returns what is to be stored, each record once. Resolves to the last `seq` once it is durable; when it rejects as
   * `unreachable`, the changes may have been stored all the same. When `work` returns nothing, nothing is written.
   */
  readonly commit: (
    since: number,
    work: (missed: readonly StoredChange[]) => readonly Change[],
  ) => Promise<number>
  /** In order. Rejects as `behind` when some of them are no longer kept: then everything is to be loaded again. */
  readonly changesSince: (seq: number) => Promise<readonly StoredChange[]>
  /** Calls back when another process has committed, and after a lost connection is back. */
  readonly watch: (changed: () => void) => void
  readonly appendAudit: (events: readonly AuditEvent[]) => Promise<void>
  readonly findAudit: (query: AuditQuery) => Promise<readonly AuditEvent[]>
  readonly pruneAudit: (before: Date) => Promise<number>
  /** Small facts of the installation: which vault keys sealed it, the schema's mark. */
  readonly setting: (name: string) => Promise<string | undefined>
  readonly putSetting: (name: string, value: string) => Promise<void>
  readonly isReachable: () => Promise<boolean>
  readonly close: () => Promise<void>
}
