/**
 * Express's request → the little that iamkit reads of it.
 *
 * Errors  A plain `Error` where the caller has gone; Express answers 500 to nobody.
 *
 * @module
 */
import type { Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import type { HttpRequest } from '@iamkit/http'
import type { Request } from 'express'

/**
 * Headers are read as they came over the wire, each on its own: Node joins some, drops others, and
 * middleware may have changed what is left. Address and encryption are the socket's own, because a
 * header that claims them is worth no more than whoever sent it.
 */
export function httpRequest(req: Request): HttpRequest {
  return {
    method: req.method,
    params: req.params,
    headers: (name) => req.headersDistinct[name] ?? [],
    body: req.body,
    remoteAddress: peerAddress(req.socket),
    isSecure: (req.socket as Partial<TLSSocket>).encrypted === true,
    source: req,
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
