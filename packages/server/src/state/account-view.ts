/**
 * What may be asked of an account, and what an operation that writes may do to it.
 *
 * Errors  None.
 *
 * @module
 */
import type { Entities, Kind, NamedKind } from './entity.js'

/** Who bears a managed policy, by ids. */
export interface Attachments {
  readonly users: ReadonlySet<string>
  readonly groups: ReadonlySet<string>
  readonly roles: ReadonlySet<string>
  /** Users and roles whose permissions boundary it is. */
  readonly boundaries: ReadonlySet<string>
}

export interface AccountView {
  /** Twelve digits. */
  readonly account: string
  /** Grows with every change of the account: what was derived from an older one is stale. */
  readonly revision: number
  readonly get: <K extends Kind>(kind: K, id: string) => Entities[K] | undefined
  /** By name, whatever its case. */
  readonly named: <K extends NamedKind>(kind: K, name: string) => Entities[K] | undefined
  readonly count: (kind: Kind) => number
  /** In the order of names, else of ids, by UTF-16 code units of the lower-cased text. */
  readonly list: <K extends Kind>(kind: K) => readonly Entities[K][]
  readonly attachments: (policyArn: string) => Attachments
  /** Ids of a group's users. */
  readonly members: (group: string) => ReadonlySet<string>
  /** Access keys and MFA devices of a user; `undefined`: root's. */
  readonly keysOf: (user: string | undefined) => readonly Entities['access-key'][]
  readonly devicesOf: (user: string) => readonly Entities['mfa-device'][]
  /** Instance profiles that hold a role. */
  readonly profilesOf: (role: string) => readonly Entities['instance-profile'][]
}

/** An account while a transaction is open. What is put is seen at once by what comes after in it. */
export interface AccountDraft extends AccountView {
  readonly put: <K extends Kind>(kind: K, entity: Entities[K]) => void
  readonly remove: (kind: Kind, id: string) => void
}
