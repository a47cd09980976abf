/**
 * An app of the exchanges, as a run asks it.
 *
 * Errors  None.
 *
 * @module
 */
import type { FaultEvent } from '@iamkit/http'

/** What a run looks at after each exchange. */
export interface Seen {
  /** Names of the handlers that ran. */
  readonly ran: string[]
  readonly faults: FaultEvent[]
}

export interface Served {
  readonly port: number
  readonly close: () => Promise<void>
}

/** The most bytes of a body that any of the apps reads. */
export const BODY_LIMIT = 8192
