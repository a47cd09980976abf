/**
 * Pages that may call iamkit's own service: those of the origins that an option names.
 *
 * Shape   paths of AWS's services are for no page. A page brings its token itself: cookies are never asked for.
 * Units   seconds.
 * Errors  `TypeError` from {@link withCors} for what is no origin, `*` and `null` among it.
 * Source  Fetch standard, "CORS protocol".
 *
 * @module
 */
import { type Received, wireRequest } from './wire/received.js'
import type { Reply } from './wire/reply.js'

type Receive = (received: Received) => Promise<Reply>

const OWN_PATHS = /^\/(?:v1\/|\.well-known\/jwks\.json$|openapi\.json$)/
const PREFLIGHT = {
  'access-control-allow-methods': 'GET, POST, PUT, DELETE',
  'access-control-allow-headers':
    'authorization, content-type, if-none-match, last-event-id, x-amz-content-sha256, x-amz-date, x-amz-security-token',
  'access-control-max-age': '600',
}
const EXPOSED = 'etag, x-amzn-errortype, x-amzn-requestid, x-iamkit-staleness'

/** @param origins such as `https://app.example.com`; none: no page */
export function withCors(origins: readonly string[], receive: Receive): Receive {
  if (origins.length === 0) return receive
  const allowed = new Set(origins.map(checked))
  return async (received) => {
    const { path, method, header } = wireRequest(received)
    if (!OWN_PATHS.test(path)) return receive(received)
    const origin = header('origin') ?? ''
    const isAllowed = allowed.has(origin)
    const isPreflight =
      method === 'OPTIONS' && header('access-control-request-method') !== undefined
    const own = { vary: 'origin', ...(isAllowed && { 'access-control-allow-origin': origin }) }
    if (isAllowed && isPreflight)
      return { status: 204, headers: { ...own, ...PREFLIGHT }, body: '' }
    const reply = await receive(received)
    const exposed = isAllowed ? { 'access-control-expose-headers': EXPOSED } : {}
    return { ...reply, headers: { ...reply.headers, ...own, ...exposed } }
  }
}

function checked(origin: string): string {
  if (URL.canParse(origin) && new URL(origin).origin === origin && origin !== 'null') return origin
  throw new TypeError(`\`${origin.slice(0, 64)}\` is no origin such as https://app.example.com`)
}
