/**
 * A request as a server got it, before any framework has changed it.
 *
 * Shape   {@link ReceivedRequest} is what a server fills in: Node's `req.method`, `req.url`,
 *         `Object.entries(req.headersDistinct)` and the bytes of the body; {@link readRequest} does it for fetch's `Request`.
 *         {@link takeApart} makes a {@link Message} of it.
 * Units   target and headers have at most 65,536 characters each.
 * Errors  `SignatureError` (`IncompleteSignature`) from {@link takeApart}: text that two readers could take for
 *         different requests.
 *
 * @module
 */
import { type QueryPair, queryPairs } from './canonical-request.js'
import { incomplete } from './errors.js'

const MAX_LENGTH = 65_536

/** Headers of which a second one would leave open which of them counts. */
const SINGLE = [
  'authorization',
  'content-type',
  'host',
  'x-amz-content-sha256',
  'x-amz-date',
  'x-amz-security-token',
]

/** What `verify` reads of a request. */
export interface ReceivedRequest {
  /** As sent, in upper case. */
  readonly method: string
  /** Path and query exactly as sent, such as `/documents?limit=1`; neither decoded nor rewritten by a router. */
  readonly target: string
  /** Every header: the name in any case, one value or a list; a name may come more than once. */
  readonly headers: Iterable<readonly [name: string, value: string | readonly string[] | undefined]>
  /** The bytes as sent, before any parser. Empty where there is no body. How many may come is the server's to limit. */
  readonly body: Uint8Array
}

/** A received request, taken apart. */
export interface Message {
  readonly method: string
  readonly path: string
  readonly query: readonly QueryPair[]
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, readonly string[]>
}

/** What `verify` reads of fetch's own request, whose body stays readable. */
export async function readRequest(request: Request): Promise<ReceivedRequest> {
  const url = new URL(request.url)
  const headers = new Headers(request.headers)
  if (!headers.has('host')) headers.set('host', url.host)
  return {
    method: request.method,
    target: url.pathname + url.search,
    headers,
    body: await readBody(request),
  }
}

/** The bytes of a request, which can still be read afterwards. */
export async function readBody(request: Request): Promise<Uint8Array> {
  return new Uint8Array(await request.clone().arrayBuffer())
}

/** Parts the target and gathers the headers, if nobody could take them for those of another request. */
export function takeApart({ method, target, headers }: ReceivedRequest): Message {
  if (!/^[\w!#$%&'*+.^`|~-]{1,32}$/.test(method)) throw incomplete('the method is no HTTP method')
  checkTarget(target)
  const [path = '', ...rest] = target.split('?')
  return { method, path, query: queryPairs(rest.join('?')), headers: gather(headers) }
}

function checkTarget(target: string): void {
  if (target.length > MAX_LENGTH) throw incomplete('the target is longer than 65536 characters')
  if (!/^\/[!-~]*$/.test(target)) throw incomplete('the target is no path of visible ASCII')
  if (/%(?![\dA-Fa-f]{2})/.test(target)) throw incomplete('the target has a `%` without two digits')
  if (/^[^?]*\\|#/.test(target)) throw incomplete('the target has a raw `#`, or a `\\` in its path')
}

/** Counted as they are on the wire, with a colon, a space and the end of the line. */
function gather(headers: ReceivedRequest['headers']): Map<string, readonly string[]> {
  const gathered = new Map<string, string[]>()
  let length = 0
  for (const [name, value = []] of headers) {
    const key = name.toLowerCase()
    for (const text of [value].flat()) {
      length += key.length + text.length + 4
      if (length > MAX_LENGTH) throw incomplete('the headers are longer than 65536 characters')
      const values = gathered.get(key)
      if (values) values.push(text)
      else gathered.set(key, [text])
    }
  }
  for (const name of SINGLE) {
    if ((gathered.get(name) ?? []).length > 1) throw incomplete(`more than one header \`${name}\``)
  }
  return gathered
}
