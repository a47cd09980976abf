/**
 * A guard for `upgrade`, such as that of a WebSocket: Node gives it to the server, past every framework.
 *
 * Shape   no router has matched, so the app says which parameters the path has bound. A refusal is
 *         written to the socket, which is then closed.
 * Errors  {@link RouteError} (`ERR_ROUTE_INVALID`) from {@link upgradeGuard}, at start-up.
 * Source  RFC 9110, section 7.8; RFC 6455, section 4.2.2.
 *
 * @module
 */
import { type IncomingMessage, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Access, Outcome } from '../guard/outcome.js'
import type { Reply } from '../guard/reply.js'
import type { Iam } from '../iam.js'
import type { Route } from '../route/route.js'
import { nodeRequest } from './request.js'

/** Answers the access; undefined where the socket has been told no, and there is nothing left to do. */
export type UpgradeGuard<T = unknown> = (
  req: IncomingMessage,
  socket: Duplex,
  params?: Readonly<Record<string, string>>,
) => Promise<Access<T> | undefined>

/**
 * Guards what an upgraded connection may do.
 *
 * @example
 * ```ts
 * const mayWatch = upgradeGuard(iam, iam.route('docs:WatchDocument'))
 * server.on('upgrade', (req, socket, head) => {
 *   void mayWatch(req, socket, { documentId }).then((access) => {
 *     if (access) sockets.handleUpgrade(req, socket, head, (opened) => serve(opened, access))
 *   })
 * })
 * ```
 */
export function upgradeGuard<T>(
  iam: Pick<Iam, 'guard' | 'reply'>,
  route: Route<T>,
): UpgradeGuard<T> {
  return async (req, socket, params = {}) => {
    // A caller that hangs up meanwhile is no reason to end the app.
    socket.on('error', () => socket.destroy())
    const outcome = await decide(iam, route, { req, params })
    if (outcome?.kind === 'allowed') return outcome.access
    if (outcome) socket.end(replyText(iam.reply(outcome)))
    else socket.destroy()
    return undefined
  }
}

interface Asked {
  readonly req: IncomingMessage
  readonly params: Readonly<Record<string, string>>
}

/** Undefined where nobody is left to hear the answer. */
async function decide<T>(
  iam: Pick<Iam, 'guard'>,
  route: Route<T>,
  { req, params }: Asked,
): Promise<Outcome<T> | undefined> {
  try {
    return await iam.guard(route, nodeRequest(req, { params }))
  } catch {
    return undefined
  }
}

function replyText({ status, headers, body }: Reply): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    ...lines,
    `content-length: ${new TextEncoder().encode(body).length}`,
    'connection: close',
    '',
    body,
  ].join('\r\n')
}
