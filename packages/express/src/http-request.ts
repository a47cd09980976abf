/**
 * Express's request → the little that iamkit reads of it.
 *
 * Errors  None.
 *
 * @module
 */
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
    remoteAddress: req.socket.remoteAddress,
    isSecure: (req.socket as Partial<TLSSocket>).encrypted === true,
    source: req,
  }
}
