/**
 * What only `node:http` has: the connection of a request that came through `@hono/node-server`, and upgrades.
 *
 * Errors  {@link RouteError} (`ERR_ROUTE_INVALID`) from {@link authorizeUpgrade}, at start-up.
 *         A plain `Error` where the app runs on something else, or the caller has hung up: the guard
 *         refuses with a 5xx.
 *
 * @module
 */
import type { ActionOf, AnyService, ContextOf, ParamsOf } from '@iamkit/core'
import type { Iam, RouteOptions } from '@iamkit/http'
import { nodeRequest, type UpgradeGuard, upgradeGuard } from '@iamkit/http/node'
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

/** Guards an `upgrade` that does not come through a route of Hono. */
export function authorizeUpgrade<S extends AnyService, A extends ActionOf<S>, T = undefined>(
  iam: Iam<S>,
  action: A,
  options?: RouteOptions<T, keyof ParamsOf<S, A> & string, ContextOf<S, A>, ActionOf<S>>,
): UpgradeGuard<T> {
  return upgradeGuard(iam, iam.route(action, options))
}
