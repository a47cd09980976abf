/**
 * Method, path, query, headers and payload hash → the one text that both sides sign.
 *
 * Shape   six parts, a line each: method, path, sorted query, sorted headers, their names, hash of the body.
 * Units   text is ASCII throughout.
 * Errors  `SignatureError` (`IncompleteSignature`) from {@link canonicalRequest}: a header has a value whose bytes on
 *         the wire are not certain.
 * Source  IAM User Guide, "Create a signed AWS API request", steps 1 to 3.
 *
 * @module
 */
import type { PathEncoding } from './credentials.js'
import { type Digests, sha256 } from './digest.js'
import { cut, incomplete, type SignedText } from './errors.js'
import { encodePathAgain, encodePathOnce, encodeQueryPart } from './percent-encoding.js'

export const ALGORITHM = 'AWS4-HMAC-SHA256'
export const UNSIGNED_PAYLOAD = 'UNSIGNED-PAYLOAD'

/** Name and value of a parameter, both in their one spelling. */
export type QueryPair = readonly [name: string, value: string]

export interface CanonicalParts {
  readonly method: string
  /** As on the wire, without the query. */
  readonly path: string
  readonly pathEncoding?: PathEncoding | undefined
  readonly query: readonly QueryPair[]
  /** The signed headers: name in lower case, and every value of it. */
  readonly headers: ReadonlyMap<string, readonly string[]>
  /** SHA-256 of the body in hexadecimal, or `UNSIGNED-PAYLOAD`. */
  readonly payloadHash: string
}

export function canonicalRequest(parts: CanonicalParts): string {
  const names = [...parts.headers.keys()].sort()
  const lines = names.map((name) => `${name}:${canonicalValue(name, parts.headers.get(name))}\n`)
  return [
    parts.method,
    canonicalPath(parts),
    canonicalQuery(parts.query),
    lines.join(''),
    names.join(';'),
    parts.payloadHash,
  ].join('\n')
}

/** The canonical request, and what the signature is the HMAC of. */
export async function signedText(
  parts: CanonicalParts,
  { timestamp, region, service }: { timestamp: string; region: string; service: string },
  digests?: Digests,
): Promise<SignedText> {
  const canonical = canonicalRequest(parts)
  const scope = `${timestamp.slice(0, 8)}/${region}/${service}/aws4_request`
  const hash = await sha256(canonical, digests)
  const stringToSign = [ALGORITHM, timestamp, scope, hash].join('\n')
  return { canonicalRequest: canonical, stringToSign }
}

/** A query as it is on the wire, without its `?`, taken apart. Empty pairs are left out. */
export function queryPairs(query: string): readonly QueryPair[] {
  const texts = query.split('&').filter((text) => text !== '')
  return texts.map((text) => {
    const end = text.indexOf('=')
    if (end === -1) return [encodeQueryPart(text), '']
    return [encodeQueryPart(text.slice(0, end)), encodeQueryPart(text.slice(end + 1))]
  })
}

/** Without empty and dot segments, as browsers and AWS's clients have it. */
export function normalizePath(path: string): string {
  const segments: string[] = []
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop()
    else if (segment !== '' && segment !== '.') segments.push(segment)
  }
  const end = segments.length > 0 && path.endsWith('/') ? '/' : ''
  return `/${segments.join('/')}${end}`
}

function canonicalPath({ path, pathEncoding }: CanonicalParts): string {
  if (pathEncoding === 'single') return encodePathOnce(path)
  return encodePathAgain(normalizePath(path))
}

function canonicalQuery(query: readonly QueryPair[]): string {
  const sorted = [...query].sort((a, b) => compare(a[0], b[0]) || compare(a[1], b[1]))
  return sorted.map((pair) => pair.join('=')).join('&')
}

function canonicalValue(name: string, values: readonly string[] = []): string {
  if (!values.every((value) => /^[\t -~]*$/.test(value))) {
    throw incomplete(`header \`${cut(name)}\` is not of visible ASCII`)
  }
  return values.map((value) => value.replace(/[ \t]+/g, ' ').replace(/^ | $/g, '')).join(',')
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
