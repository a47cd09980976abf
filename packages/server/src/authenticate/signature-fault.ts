/**
 * A signature that does not hold → the error that AWS's clients know.
 *
 * Shape   query services name a code, JSON services the exception of the same meaning; awsJson answers 400 throughout.
 * Errors  None: faults are returned.
 * Source  IAM API reference, "Common Errors"; Organizations API reference, "Common Errors".
 *
 * @module
 */
import type { SignatureError, SignatureErrorCode } from '@iamkit/sigv4'
import { Fault } from '../fault.js'
import type { Protocol } from '../model.js'

/** What JSON services call it; a signature that came too late is a wrong one to both families. */
const EXCEPTIONS: Readonly<Record<SignatureErrorCode, string>> = {
  IncompleteSignature: 'IncompleteSignatureException',
  MissingAuthenticationToken: 'MissingAuthenticationTokenException',
  InvalidClientTokenId: 'UnrecognizedClientException',
  SignatureDoesNotMatch: 'InvalidSignatureException',
  RequestExpired: 'InvalidSignatureException',
  ExpiredToken: 'ExpiredTokenException',
}

export function faultOf(error: SignatureError, protocol: Protocol): Fault {
  const message = messageOf(error)
  if (protocol === 'awsQuery') {
    const code = error.code === 'RequestExpired' ? 'SignatureDoesNotMatch' : error.code
    return new Fault(code, message, code === 'IncompleteSignature' ? 400 : 403)
  }
  const isClientError = protocol === 'awsJson' || error.code === 'IncompleteSignature'
  return new Fault(EXCEPTIONS[error.code], message, isClientError ? 400 : 403)
}

const MISMATCH =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.'

/** What `verify` says where the signature is another, and nothing else is wrong. */
const NO_REASON = 'the signature is not that of this request and this access key'

/** AWS's words, and where they leave the reason open, ours behind them. */
function messageOf({ code, message }: SignatureError): string {
  switch (code) {
    case 'MissingAuthenticationToken':
      return 'Request is missing Authentication Token'
    case 'InvalidClientTokenId':
      return 'The security token included in the request is invalid.'
    case 'ExpiredToken':
      return 'The security token included in the request is expired'
    case 'SignatureDoesNotMatch':
      return message === NO_REASON ? MISMATCH : `${MISMATCH} (${message})`
    default:
      return message.charAt(0).toUpperCase() + message.slice(1)
  }
}
