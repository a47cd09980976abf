/**
 * Paths that are not of any service: whether the server lives, whether it is ready, what it has counted.
 *
 * Shape   `GET /livez`, `/readyz` and, where it is asked for, `/metrics`; `POST /_iamkit/reset` in tests. Nobody signs.
 *         What a browser sends for a page is no reset: any page may post to any port of its reader's machine.
 * Errors  None.
 *
 * @module
 */
import type { WireRequest } from './wire/received.js'
import type { Reply } from './wire/reply.js'

export interface Health {
  readonly isReady: boolean
  /** Seconds by which what is read may be old: the database has not answered for so long. */
  readonly staleness: number
}

export interface OwnPaths {
  readonly health: () => Health
  readonly metrics?: (() => Promise<string>) | undefined
  readonly reset?: (() => Promise<void>) | undefined
}

/** Headers that a page can neither leave out nor set. */
const BROWSERS = ['origin', 'sec-fetch-site']

export async function ownReply(
  { method, path, header }: WireRequest,
  { health, metrics, reset }: OwnPaths,
): Promise<Reply | undefined> {
  if (method === 'POST' && path === '/_iamkit/reset' && reset) {
    if (BROWSERS.some((name) => header(name) !== undefined)) return json(403, {})
    await reset()
    return json(200, {})
  }
  if (method !== 'GET') return undefined
  if (path === '/livez') return json(200, {})
  if (path === '/readyz') {
    const { isReady, staleness } = health()
    return json(isReady ? 200 : 503, { isReady, staleness })
  }
  if (path === '/metrics' && metrics) {
    return { status: 200, headers: { 'content-type': 'text/plain' }, body: await metrics() }
  }
  return undefined
}

function json(status: number, body: object): Reply {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}
