/**
 * A call as it came over the wire, and the answer to it.
 *
 * Shape   `input` is what the operation's schema says, names as in the schema; blobs are `Uint8Array`, timestamps `Date`.
 * Errors  None.
 *
 * @module
 */
export type Protocol = 'awsQuery' | 'awsJson' | 'restJson'

export interface WireCall {
  /** `iam`, `sts`, `organizations`, `sso-admin`, `identitystore`, `access-analyzer`, `iamkit`. */
  readonly service: string
  readonly operation: string
  readonly protocol: Protocol
  readonly input: Readonly<Record<string, unknown>>
  /** The name that the service signs with. Absent: the operation is not signed. */
  readonly signingName: string | undefined
}
