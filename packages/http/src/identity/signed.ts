/**
 * Callers with a Signature Version 4, in the header or in a presigned address.
 *
 * Shape   the request as it came over the wire is verified by `@iamkit/sigv4`; the app says whose the
 *         access key is. Headers that decide something must be under the signature where they are there.
 * Units   `clockTolerance` and `maxExpiresIn` count seconds.
 * Errors  {@link IamOptionsError} (`ERR_IAM_OPTIONS_INVALID`) from {@link signed}, at start-up. What
 *         `credentials` throws, and a body that nobody has kept, make the authenticator throw.
 * Source  IAM User Guide, "Create a signed AWS API request".
 *
 * @module
 */
import {
  type ReceivedRequest,
  type SignatureError,
  type VerifiedSignature,
  type VerifyOptions,
  verify,
} from '@iamkit/sigv4'
import { IamOptionsError } from '../errors.js'
import { checkKinds, type KindsOf } from '../option-kinds.js'
import type { HttpRequest } from '../request.js'
import type { Authenticator, CredentialProblem, Identity } from './identity.js'
import { receivedRequest } from './received-request.js'

export { keepBody } from './received-request.js'

/** An access key, as the app knows it. */
export interface AccessKey {
  readonly secretAccessKey: string
  /** When temporary credentials end. Absent: they do not. */
  readonly expiration?: Date
  /** Whose it is. */
  readonly identity: Identity
}

export interface SignedOptions
  extends Pick<
    VerifyOptions,
    | 'service'
    | 'region'
    | 'clockTolerance'
    | 'maxExpiresIn'
    | 'pathEncoding'
    | 'allowUnsignedPayload'
  > {
  /**
   * Finds an access key; undefined or null: there is no such key. Check here that a session token belongs
   * to it: a key that is not temporary has none.
   */
  readonly credentials: (
    accessKeyId: string,
    sessionToken: string | undefined,
  ) => AccessKey | undefined | null | Promise<AccessKey | undefined | null>
  /** False: only a header signs, never the query. Absent: true. */
  readonly allowPresigned?: boolean
  /** Headers in lower case that must be signed where they are there. Absent: `content-type`, `x-iam-tags`. */
  readonly mustSign?: readonly string[]
  /** The request as it came over the wire. Absent: read from the framework's own, with the body of `keepBody`. */
  readonly received?: (request: HttpRequest) => ReceivedRequest | Promise<ReceivedRequest>
  /** Absent: the system's. */
  readonly clock?: () => Date
}

const KINDS: KindsOf<SignedOptions> = {
  service: 'any',
  region: 'any',
  clockTolerance: 'number',
  maxExpiresIn: 'number',
  pathEncoding: 'any',
  allowUnsignedPayload: 'boolean',
  credentials: 'any',
  allowPresigned: 'boolean',
  mustSign: 'list',
  received: 'function',
  clock: 'function',
}

/**
 * Requests that somebody with an access key has signed.
 *
 * @example
 * ```ts
 * signed({ service: 'docs', credentials: (id) => accessKeys.get(id) })
 * ```
 */
export function signed(options: SignedOptions): Authenticator {
  checkKinds('`signed`', options, KINDS)
  const { credentials, received = receivedRequest, clock = () => new Date() } = options
  if (typeof credentials !== 'function') {
    throw new IamOptionsError('credentials', 'must be a function')
  }
  if ([options.service ?? []].flat().length === 0) {
    throw new IamOptionsError('service', 'must be the name that requests are signed for')
  }
  const authenticate: Authenticator = async (request) => {
    let identity: Identity | undefined
    const secretFor: VerifyOptions['secretFor'] = async (accessKeyId, sessionToken) => {
      const key = await credentials(accessKeyId, sessionToken)
      identity = key?.identity
      if (!key?.expiration) return key?.secretAccessKey
      return { secretAccessKey: key.secretAccessKey, expiration: key.expiration }
    }
    if (!isSigned(request)) return undefined
    try {
      const signature = await verify(await received(request), {
        ...options,
        secretFor,
        now: clock(),
      })
      return (
        problemWith(signature, request, options) ??
        identity ??
        refused("the access key is nobody's")
      )
    } catch (error) {
      return refusedSignature(error)
    }
  }
  return Object.assign(authenticate, { challenge: 'AWS4-HMAC-SHA256' })
}

/** Told before anything is read: a body that nobody has kept is no fault of a request with a token. */
function isSigned(request: HttpRequest): boolean {
  const isInHeader = request.headers('authorization').some((value) => /^AWS4-/i.test(value.trim()))
  return (
    isInHeader ||
    Object.keys(request.query).some((name) => /^x-amz-(?:signature|algorithm)$/i.test(name))
  )
}

function problemWith(
  { isPresigned, signedHeaders }: VerifiedSignature,
  request: HttpRequest,
  { allowPresigned = true, mustSign = ['content-type', 'x-iam-tags'] }: SignedOptions,
): CredentialProblem | undefined {
  if (isPresigned && !allowPresigned) return refused('presigned addresses are not taken here')
  const unsigned = mustSign.find(
    (name) => request.headers(name).length > 0 && !signedHeaders.includes(name),
  )
  return unsigned === undefined ? undefined : refused(`the header ${unsigned} is not signed`)
}

function refused(description: string): CredentialProblem {
  return { problem: 'invalid_token', description }
}

/** By its code, so that two copies of a package understand each other. What is no answer is thrown on. */
function refusedSignature(error: unknown): CredentialProblem | undefined {
  const { name, code } = (error ?? {}) as Partial<SignatureError>
  if (name !== 'SignatureError') throw error
  switch (code) {
    case 'MissingAuthenticationToken':
      return undefined
    case 'IncompleteSignature':
      return { problem: 'invalid_request', description: 'the signature is not well formed' }
    case 'RequestExpired':
      return refused('the signature has expired')
    case 'ExpiredToken':
      return refused('the credentials have expired')
    default:
      return refused('the signature is not valid here')
  }
}
