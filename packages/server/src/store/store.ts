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

/** A change as others read it: what the record was before is theirs to know. */
export interface StoredChange extends Omit<Change, 'before'> {
  readonly seq: number
}

/** A record and its place. */
export type StoredRecord = Omit<StoredChange, 'seq'>

/** What is no longer needed. */
export interface Outdated {
  readonly auditBefore: Date
  /** Who has not seen the changes since then loads everything again. */
  readonly changesBefore: Date
}

export interface Store {
  /** Whether other processes may write, too. */
  readonly isShared: boolean
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
  /** Calls back when another process may have committed, and after a lost connection is back. */
  readonly watch: (changed: () => void) => void
  /** An event that is there already is left as it is. */
  readonly appendAudit: (events: readonly AuditEvent[]) => Promise<void>
  /** The newest first. */
  readonly findAudit: (query: AuditQuery) => Promise<readonly AuditEvent[]>
  /** Resolves to how many audit events are gone. */
  readonly prune: (outdated: Outdated) => Promise<number>
  /** Small facts of the installation, such as a text that its vault keys open. */
  readonly setting: (name: string) => Promise<string | undefined>
  readonly putSetting: (name: string, value: string) => Promise<void>
  readonly isReachable: () => Promise<boolean>
  readonly close: () => Promise<void>
}
