/**
 * A control plane on a port, over Node's own HTTP.
 *
 * Shape   target and headers reach the control plane as they were on the wire, as signatures need them.
 * Units   milliseconds; bytes.
 * Errors  those of Node's `listen`, such as `EADDRINUSE`, and `TypeError` for a proxy that is none, from {@link listen}.
 *
 * @module
 */
import { once } from 'node:events'
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { type AddressInfo, isIPv6 } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { SecureContextOptions } from 'node:tls'
import type { ControlPlane } from './control-plane.js'
import { createOrigin, type OriginOf } from './forwarded.js'
import type { Reply } from './wire/reply.js'

export interface ListenOptions {
  /** Absent or 0: any that is free. */
  readonly port?: number
  /** Absent: `127.0.0.1`, so that only this machine reaches it. */
  readonly host?: string
  readonly tls?: Pick<SecureContextOptions, 'key' | 'cert' | 'ca' | 'passphrase'>
  /** Addresses and ranges of proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed. Absent: none. */
  readonly trustedProxies?: readonly string[]
  /** How long calls under way may take when the server closes. Absent: 10 seconds. */
  readonly grace?: number
}

export interface Listening {
  /** Such as `http://127.0.0.1:4080`. */
  readonly url: string
  readonly port: number
  /** Takes no more calls, and resolves when those under way are answered; the control plane stays open. */
  readonly close: () => Promise<void>
}

/** What a server needs of a control plane. */
type Answering = Pick<ControlPlane, 'receive' | 'turnAway' | 'maxBodySize'>

/** A presigned URL may hold a session token. */
const MAX_HEADERS = 64 * 1024
const LIMITS = {
  maxHeaderSize: MAX_HEADERS,
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 5_000,
}

export async function listen(
  controlPlane: Answering,
  { port = 0, host = '127.0.0.1', tls, grace = 10_000, trustedProxies }: ListenOptions = {},
): Promise<Listening> {
  const originOf = createOrigin(trustedProxies)
  const closing = new AbortController()
  const handle = (req: IncomingMessage, res: ServerResponse): void => {
    respond(controlPlane, { req, res, originOf, signal: closing.signal }).catch(() => res.destroy())
  }
  const server: Server = tls
    ? createHttpsServer({ ...LIMITS, ...tls }, handle)
    : createHttpServer(LIMITS, handle)
  server.listen(port, host)
  await once(server, 'listening')
  const { port: bound } = server.address() as AddressInfo
  return {
    url: `${tls ? 'https' : 'http'}://${isIPv6(host) ? `[${host}]` : host}:${bound}`,
    port: bound,
    close: () => {
      closing.abort()
      return closeServer(server, grace)
    },
  }
}

interface Exchange {
  readonly req: IncomingMessage
  readonly res: ServerResponse
  readonly originOf: OriginOf
  /** When the server closes, streams end. */
  readonly signal: AbortSignal
}

async function respond(
  controlPlane: Answering,
  { req, res, originOf, signal }: Exchange,
): Promise<void> {
  const { remoteAddress: sourceIp } = req.socket
  const socket = { sourceIp, isSecure: 'encrypted' in req.socket }
  const origin = originOf(socket, (name) => req.headersDistinct[name] ?? [])
  if (!origin) {
    res.writeHead(400, { connection: 'close' }).end()
    return
  }
  const head = {
    method: req.method ?? '',
    target: req.url ?? '',
    headers: pairsOf(req.rawHeaders),
    ...origin,
  }
  const refused = hasBody(req) ? controlPlane.turnAway(head) : undefined
  const refusal = refused && (await refused)
  if (refusal) {
    req.resume()
    await send(refusal, { res, signal, isLast: true })
    return
  }
  const most = controlPlane.maxBodySize + 1
  const body = await readAtMost(req, most)
  const reply = await controlPlane.receive({ ...head, body })
  const isWhole = body.length < most
  if (!isWhole) req.resume() // who is still sending reads no reply
  await send(reply, { res, signal, isLast: signal.aborted || !isWhole })
}

const NO_BYTES = Buffer.alloc(0)

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0'
}

/** The first bytes of what comes; the rest is not asked for. */
function readAtMost(req: IncomingMessage, most: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    let length = 0
    const finish = () => {
      req.off('data', take).off('close', fail)
      const [first = NO_BYTES] = parts
      const whole = parts.length > 1 ? Buffer.concat(parts) : first
      resolve(whole.subarray(0, most))
    }
    const take = (part: Buffer) => {
      parts.push(part)
      length += part.length
      if (length < most) return
      req.pause()
      finish()
    }
    const fail = () => reject(new Error('the caller has hung up'))
    if (req.destroyed) fail()
    req.on('data', take).once('end', finish).once('error', reject).once('close', fail)
  })
}

function pairsOf(rawHeaders: readonly string[]): readonly (readonly [string, string])[] {
  const pairs: [string, string][] = []
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    pairs.push([rawHeaders[i] ?? '', rawHeaders[i + 1] ?? ''])
  }
  return pairs
}

async function send(
  { status, headers, body }: Reply,
  { res, signal, isLast }: Pick<Exchange, 'res' | 'signal'> & { isLast: boolean },
): Promise<void> {
  const connection = isLast ? { connection: 'close' } : {}
  if (body instanceof ReadableStream) {
    res.writeHead(status, { ...headers, ...connection })
    await pipeline(Readable.fromWeb(body as never), res, { signal })
    return
  }
  const hasBody = status !== 204 && status !== 304
  const length = hasBody ? { 'content-length': Buffer.byteLength(body) } : {}
  // text goes out with the head, in one piece
  res.writeHead(status, { ...headers, ...connection, ...length }).end(hasBody ? body : undefined)
}

async function closeServer(server: Server, grace: number): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  server.closeIdleConnections()
  const timer = setTimeout(() => server.closeAllConnections(), grace)
  await closed
  clearTimeout(timer)
}
