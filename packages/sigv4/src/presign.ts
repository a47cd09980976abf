/**
 * Request + credentials → a URL with the signature in its query.
 *
 * Shape   adds `X-Amz-Algorithm`, `-Credential`, `-Date`, `-Expires`, `-SignedHeaders`, `-Signature` and, for temporary
 *         credentials, `-Security-Token`. Headers that begin with `x-amz-` move into the query. Any other header is signed:
 *         whoever uses the URL has to send it, with the same method and body.
 * Units   `expiresIn` counts seconds, 1 to 604800.
 * Errors  `SignatureError` (`IncompleteSignature`) from {@link presign}: `expiresIn` is out of range, or a header is not of
 *         visible ASCII. `RangeError`: the scope's date is none.
 * Source  IAM User Guide, "Create a signed AWS API request", step 6, and "Authentication methods".
 *
 * @module
 */
import { formatAmzDate } from './amz-date.js'
import { ALGORITHM, queryPairs, UNSIGNED_PAYLOAD } from './canonical-request.js'
import type { Credentials, PresignScope } from './credentials.js'
import { incomplete } from './errors.js'
import { encode } from './percent-encoding.js'
import { createSignature, formatCredential, hashPayload, signableHeaders } from './signature.js'
import { MAX_EXPIRES_IN, SIGNATURE_PARAMETERS } from './signature-parameters.js'

/**
 * Makes a URL that works for a while without credentials.
 *
 * @example
 * ```ts
 * const scope = { service: 'docs', region: 'eu-west-1', date: new Date(), expiresIn: 900 }
 * const url = await presign(new Request('https://docs.example.com/documents/42'), credentials, scope)
 * ```
 */
export async function presign(
  request: Request,
  credentials: Credentials,
  scope: PresignScope,
): Promise<URL> {
  const { expiresIn } = scope
  if (!Number.isInteger(expiresIn) || expiresIn < 1 || expiresIn > MAX_EXPIRES_IN) {
    throw incomplete(`\`expiresIn\` must be a number of seconds from 1 to ${MAX_EXPIRES_IN}`)
  }
  const url = new URL(request.url)
  const payloadHash = await presignedHash(request, scope)
  const [headers, moved] = moveHeaders(request.headers)
  const signed = signableHeaders(headers, url)
  setParameters(url, {
    ...moved,
    'X-Amz-Algorithm': ALGORITHM,
    'X-Amz-Credential': formatCredential(credentials, scope),
    'X-Amz-Date': formatAmzDate(scope.date),
    'X-Amz-Expires': String(expiresIn),
    ...(credentials.sessionToken && { 'X-Amz-Security-Token': credentials.sessionToken }),
    'X-Amz-SignedHeaders': [...signed.keys()].sort().join(';'),
  })

  const query = queryPairs(url.search.slice(1))
  const parts = { method: request.method, path: url.pathname, query, headers: signed, payloadHash }
  url.search += `&X-Amz-Signature=${await createSignature(parts, credentials, scope)}`
  return url
}

/** What the request says, or the hash of its body, which Amazon S3 leaves open. */
async function presignedHash(request: Request, { pathEncoding }: PresignScope): Promise<string> {
  const claimed = request.headers.get('x-amz-content-sha256')
  if (claimed !== null) return claimed
  return pathEncoding === 'single' ? UNSIGNED_PAYLOAD : hashPayload(request)
}

/** Puts what begins with `x-amz-` aside: a URL cannot carry headers. */
function moveHeaders(headers: Headers): [Headers, Record<string, string>] {
  const left = new Headers(headers)
  const moved: Record<string, string> = {}
  headers.forEach((value, name) => {
    if (!name.startsWith('x-amz-')) return
    left.delete(name)
    if (!isOwn(name)) moved[name] = value
  })
  return [left, moved]
}

/** Adds parameters to a query, which keeps its spelling but for a signature that it had. */
function setParameters(url: URL, parameters: Record<string, string>): void {
  const texts = url.search.slice(1).split('&')
  const kept = texts.filter((text) => text !== '' && !isOwn(text.split('=', 1)[0] ?? ''))
  const added = Object.entries(parameters).map(
    ([name, value]) => `${encode(name)}=${encode(value)}`,
  )
  url.search = [...kept, ...added].join('&')
}

function isOwn(name: string): boolean {
  return SIGNATURE_PARAMETERS.some((own) => own.toLowerCase() === name.toLowerCase())
}
