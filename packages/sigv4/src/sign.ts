/**
 * Request + credentials → the request with a signature in its header.
 *
 * Shape   adds `authorization`, `x-amz-date`, `x-amz-content-sha256` and, for temporary credentials, `x-amz-security-token`.
 *         Signed are the method, the URL, the body, and every header but those that fetch or proxies change on the way.
 * Errors  `SignatureError` (`IncompleteSignature`) from {@link sign}: a header is not of visible ASCII.
 *         `RangeError`: the scope's date is none.
 * Source  IAM User Guide, "Create a signed AWS API request", step 6.
 *
 * @module
 */
import { formatAmzDate } from './amz-date.js'
import { ALGORITHM, queryPairs } from './canonical-request.js'
import type { Credentials, SignScope } from './credentials.js'
import { createSignature, formatCredential, hashPayload, signableHeaders } from './signature.js'

/**
 * Signs a request. The one given stays as it was, so that it can be signed again.
 *
 * @example
 * ```ts
 * const scope = { service: 'docs', region: 'eu-west-1', date: new Date() }
 * await fetch(await sign(new Request('https://docs.example.com/documents/42'), credentials, scope))
 * ```
 */
export async function sign(
  request: Request,
  credentials: Credentials,
  scope: SignScope,
): Promise<Request> {
  const payloadHash = await hashPayload(request)
  const headers = new Headers(request.headers)
  headers.set('x-amz-date', formatAmzDate(scope.date))
  headers.set('x-amz-content-sha256', payloadHash)
  headers.delete('x-amz-security-token')
  if (credentials.sessionToken) headers.set('x-amz-security-token', credentials.sessionToken)

  const url = new URL(request.url)
  const signed = signableHeaders(headers, url)
  const query = queryPairs(url.search.slice(1))
  const parts = { method: request.method, path: url.pathname, query, headers: signed, payloadHash }
  const signature = await createSignature(parts, credentials, scope)

  const credential = formatCredential(credentials, scope)
  const names = [...signed.keys()].sort().join(';')
  headers.set(
    'authorization',
    `${ALGORITHM} Credential=${credential}, SignedHeaders=${names}, Signature=${signature}`,
  )
  return new Request(request.clone(), { headers })
}
