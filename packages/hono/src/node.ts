/**
 * The connection of a request that came through `@hono/node-server`.
 *
 * Errors  A plain `Error` where the app runs on something else, or the caller has hung up: the guard
 *         refuses with a 5xx.
 *
 * @module
 */
import { nodeRequest } from '@iamkit/http/node'
import type { Context } from 'hono'
import type { Connection } from './connection.js'

type Incoming = Parameters<typeof nodeRequest>[0]

/** Address, encryption and headers as Node has them: for the option `connection` of `guard`. */
export function nodeConnection(c: Context): Connection {
  const { incoming } = (c.env ?? {}) as { readonly incoming?: Incoming }
  if (incoming === undefined) throw new Error('the request did not come through @hono/node-server')
  const request = nodeRequest(incoming, { params: {} })
  const { remoteAddress = null, isSecure } = request
  return { remoteAddress, isSecure, headers: (name) => request.headers(name) }
}
