import fc from 'fast-check'
import type { Credentials, ReceivedRequest, Scope } from '../src/index.js'

/** A request that is not signed yet, as a client means it. */
export interface PlainRequest {
  readonly method: string
  readonly host: string
  /** As on the wire. */
  readonly path: string
  /** Plain text; a name may have several values. */
  readonly query: Readonly<Record<string, readonly string[]>>
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array<ArrayBuffer>
}

const host = 'docs.example.com:8443'
export const scope: Scope = {
  service: 'docs',
  region: 'eu-west-1',
  date: new Date('2026-05-01T12:00:00Z'),
}

const credentials: fc.Arbitrary<Credentials> = fc.record(
  {
    accessKeyId: fc.stringMatching(/^A[A-Z0-9]{15,19}$/),
    secretAccessKey: fc.string({ minLength: 1, unit: 'grapheme' }),
    sessionToken: fc.stringMatching(/^[A-Za-z0-9+/]{1,80}={0,2}$/),
  },
  { requiredKeys: ['accessKeyId', 'secretAccessKey'] },
)

const unit = fc.oneof(
  fc.stringMatching(/^[A-Za-z0-9._~!$&'()*+,;=:@-]$/),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }).map(encodeURIComponent),
  fc.constantFrom('%2F', '%2f', '%25', '%c3%a4', '%00', '%20', '%2B', '%7E', '%FF'),
)
const segment = fc
  .array(unit, { minLength: 1, maxLength: 6 })
  .map((units) => units.join(''))
  .filter((text) => !/^(\.|%2e){1,2}$/i.test(text))
const path = fc
  .tuple(fc.array(segment, { maxLength: 4 }), fc.boolean())
  .map(([segments, isOpen]) => `/${segments.join('/')}${isOpen && segments.length > 0 ? '/' : ''}`)

const word = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc.string({ maxLength: 8 }),
  fc.constantFrom('', 'a b', 'a+b', 'a=b', 'a&b', "!'()*", '%', '%41', 'ä', '~'),
)
const query = fc.dictionary(
  word.filter((name) => name !== '' && name !== '__proto__'),
  fc.array(word, { minLength: 1, maxLength: 3 }),
  { maxKeys: 4 },
)

const headers = fc.dictionary(
  fc.stringMatching(/^x-(app|amz-meta)-[a-z0-9]{1,6}$/),
  fc.stringMatching(/^[!-~]([ -~]{0,12}[!-~])?$/),
  { maxKeys: 4 },
)

const plain: fc.Arbitrary<PlainRequest> = fc
  .record({
    method: fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'QUERY'),
    host: fc.constant(host),
    path,
    query,
    headers,
    body: fc.uint8Array({ maxLength: 40 }).map((bytes) => new Uint8Array(bytes)),
  })
  .map((request) =>
    ['GET', 'HEAD'].includes(request.method) ? { ...request, body: new Uint8Array() } : request,
  )

/** A request and who signs it. */
export const anyRequest = fc.record({ plain, credentials })

/** `a=1&a=2`, in RFC 3986's strictest spelling. */
function writeQuery(values: PlainRequest['query']): string {
  return Object.entries(values)
    .flatMap(([name, list]) => list.map((value) => `${encode(name)}=${encode(value)}`))
    .join('&')
}

export function writeTarget({ path, query }: Pick<PlainRequest, 'path' | 'query'>): string {
  const text = writeQuery(query)
  return text === '' ? path : `${path}?${text}`
}

/** The same request for fetch. */
export function fetchRequest(plain: PlainRequest): Request {
  const { method, headers, body } = plain
  const url = `https://${plain.host}${writeTarget(plain)}`
  return new Request(url, { method, headers, ...(body.length > 0 && { body }) })
}

/** The signature in a request's header or query. */
export function signatureOf({ target, headers }: ReceivedRequest): string | undefined {
  const authorization = [...headers].find(([name]) => name.toLowerCase() === 'authorization')
  return /Signature=([0-9a-f]{64})/.exec(String(authorization?.[1] ?? target))?.[1]
}

function encode(text: string): string {
  const encodeUnit = (unit: string) => `%${unit.charCodeAt(0).toString(16).toUpperCase()}`
  return encodeURIComponent(text).replace(/[!'()*]/g, encodeUnit)
}
