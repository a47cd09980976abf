/**
 * Express's request → the little that iamkit reads of it.
 *
 * Errors  A plain `Error` where the caller has gone; Express answers 500 to nobody.
 *
 * @module
 */
import type { HttpRequest } from '@iamkit/http'
import { nodeRequest } from '@iamkit/http/node'
import type { Request } from 'express'

export function httpRequest(req: Request): HttpRequest {
  return nodeRequest(req, {
    params: req.params,
    query: () => req.query,
    body: req.body,
    source: req,
  })
}
