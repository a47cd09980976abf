/**
 * Node's request → the little that iamkit reads of it; for adapters of frameworks on `node:http`.
 *
 * Errors  A plain `Error` from `remoteAddress` where the caller has gone: the guard refuses with 500, and
 *         nobody hears it.
 *
 * @module
 */
import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import type { HttpRequest } from '../request.js'

/** What the framework's router and parsers have made of the request. */
export interface Matched extends Pick<HttpRequest, 'params'> {
  /** Asked only if an extractor does. Absent: there are none. */
  readonly query?: () => Readonly<Record<string, unknown>>
  readonly body?: unknown
  /** The framework's own request. Absent: Node's. */
  readonly source?: unknown
}

/**
 * Headers are read as they came over the wire, each on its own: Node joins some, drops others, and
 * middleware may have changed what is left. Address and encryption are the socket's own, because a
 * header that claims them is worth no more than whoever sent it.
 */
export function nodeRequest(req: IncomingMessage, matched: Matched): HttpRequest {
  return {
    method: req.method ?? '',
    params: matched.params,
    get query() {
      return matched.query?.() ?? {}
    },
    headers: (name) => req.headersDistinct[name] ?? [],
    body: matched.body,
    remoteAddress: peerAddress(req.socket),
    isSecure: (req.socket as Partial<TLSSocket>).encrypted === true,
    source: matched.source ?? req,
  }
}

/**
 * A caller that has hung up has no address any more, and could so escape a Deny that names addresses.
 * On a Unix socket nobody has one.
 */
function peerAddress(socket: Socket): string | undefined {
  const { remoteAddress, server } = socket as Socket & { server?: { address(): unknown } }
  if (remoteAddress !== undefined || typeof server?.address() === 'string') return remoteAddress
  throw new Error('the caller has hung up')
}
