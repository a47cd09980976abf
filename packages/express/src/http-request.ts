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

/**
 * Express gives each request a prototype of its own choice, and V8 each of them a class of its own: what reads them by
 * name has met none of them before, and takes five times as long as what asks for a property.
 */
export function httpRequest(req: Request): HttpRequest {
  const read = <Name extends keyof Request>(name: Name): Request[Name] => Reflect.get(req, name)
  const message = { method: read('method'), rawHeaders: read('rawHeaders'), socket: read('socket') }
  return nodeRequest(message, {
    params: read('params'),
    query: () => req.query,
    body: read('body'),
    source: req,
  })
}
