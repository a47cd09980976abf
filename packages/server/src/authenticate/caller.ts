/**
 * Who makes a call to the control plane.
 *
 * Errors  None.
 *
 * @module
 */
import type { RequestPrincipal } from '@iamkit/core'

export interface Caller {
  readonly principal: RequestPrincipal
  /** The account whose operations are called. Empty for unsigned callers. */
  readonly account: string
  /** As GetCallerIdentity says it: `AIDA…`, `AROA…:session`, the account's number for root. */
  readonly userId: string
  readonly accessKeyId?: string
  /** Principal tags: a user's own, a session's own and its role's. */
  readonly tags?: Readonly<Record<string, string>>
  /** Of a session, as its token holds it. */
  readonly session?: Session
}

/** What a session token says: all that is known of a session, sealed. */
export interface Session {
  readonly account: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  /** ISO-8601. A policy that denies older tokens revokes by it. */
  readonly issued: string
  readonly expires: string
  /** Who the session is: a role's id, a user's id, or a federated name. */
  readonly kind: 'role' | 'user' | 'federated' | 'root'
  /** Id of the role or the user. */
  readonly subject?: string
  /** The role session's or the federated user's name. */
  readonly name?: string
  /** Id of the access key that it stands for, and ends with: of tokens that were made with a key. */
  readonly madeWith?: string
  /** Inline session policies, as text; managed ones by ARN. */
  readonly policies?: readonly string[]
  readonly policyArns?: readonly string[]
  readonly tags?: Readonly<Record<string, string>>
  readonly transitiveKeys?: readonly string[]
  readonly sourceIdentity?: string
  /** ISO-8601, when the caller gave a valid code. */
  readonly mfa?: string
  /** The provider's ARN or domain, for federated sessions, and the keys that its token gave. */
  readonly provider?: string
  readonly federatedKeys?: Readonly<Record<string, string | readonly string[]>>
  /** Roles assumed before this one, for chains. */
  readonly chained?: boolean
}
