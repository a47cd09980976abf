/**
 * Who says which policies there are and who calls: files and a local issuer, or a control plane.
 *
 * Errors  None.
 *
 * @module
 */
import type { CanSnapshot } from '@iamkit/client'
import type { Authenticator, DecisionEvent, GroupPolicySource, Identity } from '@iamkit/http'
import type { Person } from '../people.js'
import type { Folders } from '../store/folders.js'

/** What a person gets who signs in. */
export interface PersonSession {
  /** For the header `authorization: Bearer`. */
  readonly token: string
  /** What the page may know of the person's policies, to show or hide a button. */
  readonly snapshot?: CanSnapshot
}

export interface Authority {
  readonly policies: GroupPolicySource
  readonly identify: Authenticator
  readonly signIn: (person: Person) => Promise<PersonSession>
  /** What the page may know of a caller's policies as they are now. Absent: nothing. */
  readonly snapshotFor?: (identity: Identity) => CanSnapshot
  /** Hears of every decision of the app. */
  readonly onDecision?: (event: DecisionEvent) => void
  /** Puts the registry's tags in the place of the table's. Absent: the table's count. */
  readonly register?: (table: Folders) => Promise<Folders>
  /** Lines that tell people where to look. */
  readonly notes: readonly string[]
  readonly close: () => Promise<void>
}
