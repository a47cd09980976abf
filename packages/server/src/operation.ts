/**
 * One operation of a service: what it asks leave for, and what it does.
 *
 * Shape   `access` says action, resource and keys; `run` works on the account in memory, synchronously, and never sees
 *         a request, XML or JSON. A write runs inside a transaction; several may share one.
 * Errors  {@link Fault} from every part. A write that throws leaves nothing behind.
 *
 * @module
 */
import type { ContextEntries, PolicySet } from '@iamkit/core'
import type { Caller } from './authenticate/caller.js'
import type { AccountDraft, AccountView } from './state/account-view.js'
import type { World } from './state/world.js'
import type { Vault } from './vault/vault.js'

/** What is known of a call before its operation runs. */
export interface Call {
  readonly caller: Caller
  /** The account that is worked on: the caller's own, but for calls that name a role of another. */
  readonly account: string
  readonly now: Date
  readonly requestId: string
  /** `us-east-1` for global services; the one that was signed for elsewhere. */
  readonly region: string
  readonly vault: Vault
  /** Every account, read only: for what crosses accounts. */
  readonly world: World
  /** Keys of the request itself (`aws:SourceIp`, `aws:UserAgent`, `aws:SecureTransport`, …). */
  readonly requestKeys: ContextEntries
  /** One write in a transaction of its own, for an operation that mostly reads (a one-time code is good once). */
  readonly write: <T>(account: string, run: (draft: AccountDraft) => T) => Promise<T>
}

/** One question to the evaluator. A call with several is allowed when each is. */
export interface Access {
  /** Absent: the service's prefix and the operation's name. */
  readonly action?: string
  /** An ARN, or `*`. */
  readonly resource: string
  /** The account that owns the resource. Absent: the call's. */
  readonly resourceAccount?: string
  /** Request tags, resource tags and the service's own keys. */
  readonly context?: ContextEntries
  /** A resource policy: a role's trust policy, with `explicit` trust. */
  readonly policies?: Pick<PolicySet, 'resource'>
  readonly resourceTrust?: 'implicit' | 'explicit'
  /** What this call itself has proved of its caller, such as a one-time code: it stands over what was known. */
  readonly proven?: ContextEntries
}

interface Described<Input> {
  /** `none`: anyone with a valid signature may (GetCallerIdentity), or nobody signs at all. */
  readonly access:
    | 'none'
    | ((input: Input, scope: { call: Call; view: AccountView }) => Access | readonly Access[])
}

export interface ReadOperation<Input, Output> extends Described<Input> {
  readonly mode: 'read'
  readonly run: (input: Input, scope: { call: Call; view: AccountView }) => Output | Promise<Output>
}

export interface WriteOperation<Input, Output, Prepared = undefined> extends Described<Input> {
  readonly mode: 'write'
  /** What takes long or waits (hashing, fetching), before the transaction. */
  readonly prepare?: (input: Input, scope: { call: Call; view: AccountView }) => Promise<Prepared>
  readonly run: (
    input: Input,
    scope: { call: Call; draft: AccountDraft; prepared: Prepared },
  ) => Output
}

export type Operation<Input, Output> =
  | ReadOperation<Input, Output>
  // biome-ignore lint/suspicious/noExplicitAny: each operation prepares something of its own
  | WriteOperation<Input, Output, any>
