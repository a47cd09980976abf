/**
 * Which operation a request calls.
 *
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
