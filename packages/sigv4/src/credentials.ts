/**
 * Who signs, and where and when the signature holds.
 *
 * Errors  None.
 * Source  IAM User Guide, "Elements of an AWS API request signature".
 *
 * @module
 */

/** An access key. */
export interface Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  /** Of temporary credentials. Sent along and signed. */
  readonly sessionToken?: string | undefined
}

/** What a signature is for. */
export interface Scope {
  /** The signing name of the service, such as `iam`. */
  readonly service: string
  /** Such as `us-east-1`, where AWS's global services sign. */
  readonly region: string
  /** The time of signing; the package has no clock of its own. Cut to whole seconds. */
  readonly date: Date
}

/**
 * How the path goes into the signature. `double`: normalised, and encoded once more than on the wire, as all services
 * but one have it. `single`: as it is on the wire, as Amazon S3 has it.
 */
export type PathEncoding = 'double' | 'single'

/** What `sign` is told beside the credentials. */
export interface SignScope extends Scope {
  /** `double` */
  readonly pathEncoding?: PathEncoding
}

/** What `presign` is told beside the credentials. */
export interface PresignScope extends SignScope {
  /** How long the URL works: seconds from 1 to 604800, a week. */
  readonly expiresIn: number
}
