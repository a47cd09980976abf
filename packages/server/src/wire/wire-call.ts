/**
 * A call as it came over the wire.
 *
 * Shape   `input` is what the operation's schema says, names as in the schema; blobs are `Uint8Array`, times `Date`.
 * Errors  None.
 *
 * @module
 */
import type { Protocol, ServiceModel } from '../model.js'

/** Which operation is called, before its input is read. */
export interface Target {
  /** `iam`, `sts`, `organizations`, `sso-admin`, `identitystore`, `access-analyzer`, `iamkit`. */
  readonly service: string
  readonly operation: string
  readonly protocol: Protocol
  /** The name that the service signs with. Absent: the operation is not signed. */
  readonly signingName: string | undefined
  readonly model: ServiceModel
}

export interface WireCall extends Target {
  readonly input: Readonly<Record<string, unknown>>
}
