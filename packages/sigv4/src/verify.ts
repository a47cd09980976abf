/**
 * A received request + a way to find the secret → who signed it.
 *
 * Shape   the request is built again from what came over the wire and signed again; the two signatures must be equal.
 *         The order: is it whole, is it for here and now, is the key known, is the signature right, has the key expired.
 * Errors  `SignatureError` from {@link verify}, with one of AWS's codes. What `secretFor` throws passes through.
 * Source  IAM User Guide, "Create a signed AWS API request".
 *
 * @module
 */
import { signedText, UNSIGNED_PAYLOAD } from './canonical-request.js'
import { type Claim, readClaim } from './claim.js'
import { checkHeaders, checkPath, checkPayload, checkScope, checkTime } from './claim-rules.js'
import { equalDigests } from './digest.js'
import { mismatch, SignatureError } from './errors.js'
import { type Message, type ReceivedRequest, takeApart } from './received-request.js'
import { signingKey } from './signing-key.js'
import type { FoundSecret, VerifiedSignature, VerifyOptions } from './verify-options.js'

/** What an unknown key is verified with, for the same work as a known one takes. Its result is never used. */
const NO_SECRET = 'there is no such access key'
const WRONG = 'the signature is not that of this request and this access key'

/**
 * Says who signed a request, or refuses it.
 *
 * @example
 * ```ts
 * const options = { secretFor: (id: string) => secrets.get(id), service: 'docs', now: new Date() }
 * const { accessKeyId } = await verify(await readRequest(request), options)
 * ```
 */
export async function verify(
  request: ReceivedRequest,
  options: VerifyOptions,
): Promise<VerifiedSignature> {
  const message = takeApart(request)
  const claim = readClaim(message)
  checkPath(message, options)
  checkScope(claim, options)
  checkHeaders(message, claim)
  checkTime(claim, options)

  const { pathEncoding, secretFor, revealSignedText, now, digests } = options
  const payloadHash = await checkPayload(request.body, claim, options)
  const text = await signedText(
    { ...signedParts(message, claim), pathEncoding, payloadHash },
    claim,
    digests,
  )
  const found = await secretFor(claim.accessKeyId, claim.sessionToken)
  const secretAccessKey = typeof found === 'string' ? found : found?.secretAccessKey
  const source = { ...claim, secretAccessKey: secretAccessKey || NO_SECRET }
  const key = await signingKey(source, digests)
  const isEqual = equalDigests(await key(text.stringToSign), claim.signature)

  if (!secretAccessKey) throw new SignatureError('InvalidClientTokenId', 'unknown access key')
  if (!isEqual) throw mismatch(WRONG, revealSignedText ? text : undefined)
  if (hasExpired(found, now)) throw new SignatureError('ExpiredToken', 'the access key has expired')
  return verified(claim, payloadHash)
}

/** Everything that the signature is about, but the body. */
function signedParts(message: Message, { signedHeaders }: Claim) {
  return {
    method: message.method,
    path: message.path,
    query: message.query.filter(([name]) => name !== 'X-Amz-Signature'),
    headers: new Map(signedHeaders.map((name) => [name, message.headers.get(name) ?? []])),
  }
}

function hasExpired(secret: FoundSecret, now: Date): boolean {
  return typeof secret === 'object' && secret !== null && !(now < secret.expiration)
}

function verified(claim: Claim, payloadHash: string): VerifiedSignature {
  const { accessKeyId, sessionToken, service, region, date, signedHeaders } = claim
  return {
    accessKeyId,
    sessionToken,
    scope: { service, region, date },
    signedHeaders,
    isPresigned: claim.expiresIn !== undefined,
    isPayloadSigned: payloadHash !== UNSIGNED_PAYLOAD,
  }
}
