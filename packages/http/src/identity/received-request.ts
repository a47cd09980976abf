/**
 * The framework's own request → what came over the wire.
 *
 * Shape   fetch's `Request`, or Node's request, by itself or within one of Express, Koa or Fastify.
 * Errors  A plain `Error`: the request has a body, and nobody has kept its bytes. The caller is answered
 *         with 503, and the app hears what to do.
 *
 * @module
 */
import { type ReceivedRequest, readRequest } from '@iamkit/sigv4'
import type { HttpRequest } from '../request.js'

const BODY = Symbol.for('iamkit.body')

/**
 * Keeps the bytes of a body for the signature, as the parser gets them:
 * `express.json({ verify: keepBody })`.
 */
export function keepBody(req: object, _res: object, bytes: Uint8Array): void {
  Object.defineProperty(req, BODY, { value: bytes, configurable: true })
}

/** Node's request, as far as it is read. */
interface NodeRequest {
  readonly method?: string
  readonly url: string
  readonly originalUrl?: string
  readonly headersDistinct: Readonly<Record<string, readonly string[] | undefined>>
  readonly rawBody?: unknown
  readonly [BODY]?: Uint8Array
}

export async function receivedRequest({ source, method }: HttpRequest): Promise<ReceivedRequest> {
  if (source instanceof Request) return readRequest(source)
  const outer = (source ?? {}) as { req?: unknown; raw?: unknown; originalUrl?: string }
  const req = [source, outer.req, outer.raw].find(isNodeRequest)
  if (req === undefined) throw new Error('`signed` does not know this request: give `received`')
  return {
    // What was sent: a HEAD may be decided about as the GET that it is.
    method: req.method ?? method,
    target: outer.originalUrl ?? req.originalUrl ?? req.url,
    headers: Object.entries(req.headersDistinct),
    body: bodyOf(req),
  }
}

function isNodeRequest(value: unknown): value is NodeRequest {
  return typeof value === 'object' && value !== null && 'headersDistinct' in value && 'url' in value
}

function bodyOf(req: NodeRequest): Uint8Array {
  const kept = req[BODY] ?? req.rawBody
  if (kept instanceof Uint8Array) return kept
  const { 'content-length': length, 'transfer-encoding': encoding } = req.headersDistinct
  if (encoding === undefined && Number(length?.[0] ?? 0) === 0) return new Uint8Array()
  throw new Error(
    'nobody has kept the body: give the parser `keepBody`, such as `express.json({ verify: keepBody })`',
  )
}
