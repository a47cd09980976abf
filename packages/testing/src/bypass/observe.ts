/**
 * An app of any framework → its observation, and the listener that serves it.
 *
 * Errors  {@link BypassOptionsError} (`ERR_BYPASS_OPTIONS_INVALID`): nothing serves the app. What a Fastify app throws
 *         when it gets ready, such as a route that is not covered.
 *
 * @module
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { BypassOptionsError } from '../errors.js'
import { observeExpress } from './express-app.js'
import { type FastifyApp, isFastifyApp, observeFastify } from './fastify-app.js'
import { type HonoApp, isHonoApp, observeHono } from './hono-app.js'
import { isKoaApp, type KoaApp, observeKoa } from './koa-app.js'
import type { ObservedApp } from './observed-app.js'
import type { PathParams } from './sample-path.js'

/** As `node:http` calls it. */
export type Listener = (req: IncomingMessage, res: ServerResponse) => unknown

/** A listener, such as an Express app, or an app of Koa, Fastify or Hono. */
export type SearchedApp = Listener | KoaApp | FastifyApp | HonoApp

export interface Observation {
  /** Undefined for an app that cannot be looked into. */
  readonly observed: ObservedApp | undefined
  readonly listener: Listener
}

export async function observe(
  app: SearchedApp,
  params: PathParams,
  listener?: Listener,
): Promise<Observation> {
  if (isKoaApp(app)) {
    const observed = observeKoa(app, params)
    // Koa puts its middleware together here, the watchers among it.
    return { observed, listener: listener ?? app.callback() }
  }
  if (isFastifyApp(app)) {
    await app.ready()
    const observed = observeFastify(app, params)
    return { observed, listener: listener ?? ((req, res) => app.routing(req, res)) }
  }
  if (isHonoApp(app)) {
    if (listener === undefined) {
      throw new BypassOptionsError(
        'a Hono app needs `listener`: `getRequestListener(app.fetch)` of `@hono/node-server`',
      )
    }
    return { observed: observeHono(app, params), listener }
  }
  return { observed: observeExpress(app, params), listener: listener ?? app }
}
