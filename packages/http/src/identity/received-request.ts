/**
 * The framework's own request → what came over the wire.
 *
 * Shape   fetch's `Request`, by itself or within Hono's context, or Node's request, by itself or within one of Express,
 *         Koa, Fastify or `@hono/node-server`.
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

/** What frameworks hand on, each of them some of it. */
interface Outer {
  readonly req?: unknown
  readonly raw?: unknown
  readonly originalUrl?: string
  /** Of Hono's context, behind `@hono/node-server`. */
  readonly env?: { readonly incoming?: unknown } | undefined
}

/** Hono's request, which keeps what was read of the body. */
interface FetchedRequest {
  readonly raw: Request
  text(): Promise<string>
}

export async function receivedRequest({ source, method }: HttpRequest): Promise<ReceivedRequest> {
  if (source instanceof Request) return readRequest(source)
  const outer = (source ?? {}) as Outer
  const req = [source, outer.req, outer.raw, outer.env?.incoming].find(isNodeRequest)
  const fetched = isFetched(outer.req) ? await readFetched(outer.req) : undefined
  if (req === undefined) {
    if (fetched) return fetched
    throw new Error('`signed` does not know this request: give `received`')
  }
  return {
    // What was sent: a HEAD may be decided about as the GET that it is.
    method: req.method ?? method,
    target: outer.originalUrl ?? req.originalUrl ?? req.url,
    headers: Object.entries(req.headersDistinct),
    body: fetched?.body ?? bodyOf(req),
  }
}

function isFetched(value: unknown): value is FetchedRequest {
  return (
    typeof value === 'object' && value !== null && 'raw' in value && value.raw instanceof Request
  )
}

/** A body that has been read before is had from what was kept of it. */
async function readFetched(req: FetchedRequest): Promise<ReceivedRequest> {
  const { raw } = req
  if (!raw.bodyUsed) return readRequest(raw)
  const { url, method, headers } = raw
  const received = await readRequest(new Request(url, { method, headers }))
  return { ...received, body: new TextEncoder().encode(await req.text()) }
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
