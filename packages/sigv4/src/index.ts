/**
 * Signature Version 4: sign, presign, verify.
 *
 * @packageDocumentation
 */
export type { Credentials, PathEncoding, PresignScope, Scope, SignScope } from './credentials.js'
export type { Digests } from './digest.js'
export { SignatureError, type SignatureErrorCode, type SignedText } from './errors.js'
export { presign } from './presign.js'
export { type ReceivedRequest, readRequest } from './received-request.js'
export { sign } from './sign.js'
export { verify } from './verify.js'
export type {
  FoundSecret,
  TemporarySecret,
  VerifiedSignature,
  VerifyOptions,
} from './verify-options.js'
