/**
 * What an app chooses about policies from the control plane, and what it may ask of them.
 *
 * Units   milliseconds.
 * Errors  None: types only.
 *
 * @module
 */
import type { KeptCopy } from './kept-copy.js'

export interface RemoteOptions {
  /** The account whose policies are wanted. Absent: that of the first snapshot, and no other afterwards. */
  readonly account?: string
  /** How old policies may be that could not be confirmed. Absent: 300,000. */
  readonly stalenessLimit?: number
  /** What then: `refuse` answers no question any more, `continue` goes on with them. Absent: `refuse`. */
  readonly whenStale?: 'refuse' | 'continue'
  /** How often the snapshot is asked for while there is no stream. Absent: 5,000. */
  readonly pollEvery?: number
  /** Where the last good policies are kept over a restart. Absent: nowhere. */
  readonly keep?: KeptCopy
  /** Hears why policies could not be fetched or were not taken over. Absent: nobody; see `status`. */
  readonly onProblem?: (error: unknown) => void
  /** Hears of every change that is in force. */
  readonly onChange?: (status: RemoteStatus) => void
}

/** For a health check and for metrics. */
export interface RemoteStatus {
  /** Which change of the control plane the policies are as of. Absent: there are none yet. */
  readonly seq: number | undefined
  /** Since they were known to be the newest; infinite where there are none. */
  readonly staleness: number
  readonly isLive: boolean
  /** Whether a question would be answered. */
  readonly isReady: boolean
  readonly counts: Readonly<Record<'snapshots' | 'changes' | 'reconnects' | 'problems', number>>
  readonly lastProblem: string | undefined
}
