/**
 * The parts of a request + credentials → the signature.
 *
 * Shape   64 hexadecimal digits.
 * Errors  `SignatureError` (`IncompleteSignature`) from {@link createSignature}: a header is not of visible ASCII.
 * Source  IAM User Guide, "Create a signed AWS API request", steps 4 and 5.
 *
 * @module
 */
import { formatAmzDate } from './amz-date.js'
import { type CanonicalParts, signedText, UNSIGNED_PAYLOAD } from './canonical-request.js'
import type { Credentials, Scope, SignScope } from './credentials.js'
import { sha256, toHex } from './digest.js'
import { readBody } from './received-request.js'
import { signingKey } from './signing-key.js'

/** Headers that fetch, browsers and proxies set or change on the way. */
const UNSIGNED =
  /^(authorization|cache-control|connection|expect|from|keep-alive|max-forwards|pragma|proxy-.*|referer|sec-.*|te|trailer|transfer-encoding|upgrade|user-agent|x-amzn-trace-id)$/

export async function createSignature(
  parts: Omit<CanonicalParts, 'pathEncoding'>,
  { accessKeyId, secretAccessKey }: Credentials,
  { date, region, service, pathEncoding }: SignScope,
): Promise<string> {
  const timestamp = formatAmzDate(date)
  const text = await signedText({ ...parts, pathEncoding }, { timestamp, region, service })
  const day = timestamp.slice(0, 8)
  const key = await signingKey({ accessKeyId, secretAccessKey, day, region, service })
  return toHex(await key(text.stringToSign))
}

/** `AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request` */
export function formatCredential({ accessKeyId }: Credentials, scope: Scope): string {
  const day = formatAmzDate(scope.date).slice(0, 8)
  return [accessKeyId, day, scope.region, scope.service, 'aws4_request'].join('/')
}

/** Every header that can be signed, with the host that fetch will send. */
export function signableHeaders(
  headers: Headers,
  url: URL,
): ReadonlyMap<string, readonly string[]> {
  const signable = new Map([['host', [url.host]]])
  headers.forEach((value, name) => {
    if (!UNSIGNED.test(name)) signable.set(name, [value])
  })
  return signable
}

/** The hash of the body, or `UNSIGNED-PAYLOAD` where the request's own `x-amz-content-sha256` asks for that. */
export async function hashPayload(request: Request): Promise<string> {
  if (request.headers.get('x-amz-content-sha256') === UNSIGNED_PAYLOAD) return UNSIGNED_PAYLOAD
  return sha256(await readBody(request), undefined)
}
