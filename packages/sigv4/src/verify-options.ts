/**
 * What a verifier is told, and what it answers.
 *
 * Units   `clockTolerance` and `maxExpiresIn` count seconds, inclusive.
 * Errors  None.
 *
 * @module
 */
import type { PathEncoding, Scope } from './credentials.js'
import type { Digests } from './digest.js'

/** The secret of temporary credentials, and when they end. */
export interface TemporarySecret {
  readonly secretAccessKey: string
  readonly expiration: Date
}

/** The secret of an access key; undefined, null or empty: there is no such key. */
export type FoundSecret = string | TemporarySecret | null | undefined

export interface VerifyOptions {
  /**
   * Finds the secret of an access key. Check here that a session token belongs to the key: a key that is not
   * temporary has none.
   */
  readonly secretFor: (
    accessKeyId: string,
    sessionToken: string | undefined,
  ) => FoundSecret | Promise<FoundSecret>
  /** The signing name of the service that is addressed, or the names of several. */
  readonly service: string | readonly string[]
  /** Any, if left out. */
  readonly region?: string | readonly string[]
  /** The time, as the server has it; the package has no clock of its own. */
  readonly now: Date
  /** How far the clock of the one who signs may be off, to either side: 900. */
  readonly clockTolerance?: number
  /** The longest life of a presigned request: 604800, a week, and never more. */
  readonly maxExpiresIn?: number
  /** `double` */
  readonly pathEncoding?: PathEncoding
  /** Whether a request may leave its body out of the signature, by `UNSIGNED-PAYLOAD`: false. */
  readonly allowUnsignedPayload?: boolean
  /** What hashes instead of WebCrypto; on Node a request is verified in a third of the time by `node:crypto`. */
  readonly digests?: Digests
  /** Whether a `SignatureDoesNotMatch` holds what was expected to be signed, to find a client's mistake: false. */
  readonly revealSignedText?: boolean
}

/** A signature that holds. */
export interface VerifiedSignature {
  readonly accessKeyId: string
  /** As sent. That it belongs to the key is what `secretFor` has checked. */
  readonly sessionToken?: string | undefined
  /** With the time of signing. */
  readonly scope: Scope
  /** In lower case, sorted. Whoever carried the request may have changed any other header. */
  readonly signedHeaders: readonly string[]
  readonly isPresigned: boolean
  /** Always true, unless the option `allowUnsignedPayload` is set. */
  readonly isPayloadSigned: boolean
}
