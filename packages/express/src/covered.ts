/**
 * An app mounted in an app, so that both are covered.
 *
 * Errors  {@link RouteError} (`ERR_ROUTE_INVALID`) from {@link covered}: what is mounted is no app.
 *
 * @module
 */
import { markHandler, RouteError } from '@iamkit/http'
import type { Express, RequestHandler } from 'express'

interface Mountable {
  readonly request: object
  readonly response: object
  readonly handle: (...call: unknown[]) => void
  readonly emit: (event: 'mount', parent: Express) => boolean
  mountpath: string | readonly string[]
  parent?: Express
}

/**
 * Lets `assertCovered` look into an app that is mounted: `app.use('/admin', covered(adminApp))`.
 *
 * Express itself hides a mounted app behind a function. This one does the same as Express's: the app
 * takes over its parent's settings, and gives the request back as it got it.
 */
export function covered(app: Express): RequestHandler {
  const mounted = app as unknown as Mountable
  if (typeof (Object(app) as Partial<Mountable>).emit !== 'function') {
    throw new RouteError('covered', 'not an Express app; a router is mounted as it is')
  }
  const handler: RequestHandler = (req, res, next) => {
    const parent = req.app as Express
    if (mounted.parent === undefined) {
      mounted.mountpath = req.baseUrl || '/'
      mounted.parent = parent
      mounted.emit('mount', parent)
    }
    mounted.handle(req, res, (error: unknown) => {
      Object.setPrototypeOf(req, (parent as unknown as Mountable).request)
      Object.setPrototypeOf(res, (parent as unknown as Mountable).response)
      next(error)
    })
  }
  return markHandler(handler, { kind: 'covered', app })
}
