/**
 * The app of the exchanges on Express.
 *
 * Errors  `CoverageError` at start-up, if a route were open.
 *
 * @module
 */
import { createServer } from 'node:http'
import { guard } from '@iamkit/express'
import { keptAccess } from '@iamkit/http'
import type express from 'express'
import type { ErrorRequestHandler, RequestHandler } from 'express'
import { createDocsIam } from '../docs.js'
import { type AppRoute, answerOf, OPEN_API, ROUTES, TABLE } from '../routes.js'
import { listening } from './listening.js'
import { BODY_LIMIT, type Seen, type Served } from './served.js'

const notFound: RequestHandler = (_req, res) => {
  res.status(404).json({ error: 'nothing here' })
}

// biome-ignore lint/complexity/useMaxParams: Express tells error handlers by their four parameters
const appErrors: ErrorRequestHandler = (error: { status?: number }, _req, res, _next) => {
  res.status(error.status ?? 500).json({ error: error.status ?? 500 })
}

export function serveExpress(create: typeof express, seen: Seen): Promise<Served> {
  const iam = createDocsIam(seen.faults)
  const { can, protect, publicRoute, errors, assertCovered } = guard(iam, { notFound })
  const app = create()
  app.set('strict routing', true)
  app.set('case sensitive routing', true)
  app.use(create.json({ limit: BODY_LIMIT }))
  protect(app, TABLE)
  protect(app, OPEN_API)
  for (const route of ROUTES) {
    const guards = route.reason
      ? [publicRoute(route.reason)]
      : route.action
        ? [can(route.action, route.options as never) as RequestHandler]
        : []
    app[methodOf(route)](route.path, ...guards, handlerOf(route, seen))
  }
  app.use(publicRoute('nothing here', notFound))
  app.use(errors())
  app.use(appErrors)
  assertCovered(app, { print: () => {} })
  return listening(createServer(app))
}

function methodOf({ method }: AppRoute): 'get' {
  return method.toLowerCase() as 'get'
}

function handlerOf(route: AppRoute, { ran }: Seen): RequestHandler {
  return (req, res) => {
    ran.push(route.name)
    res.json(answerOf(route, keptAccess(req)))
  }
}
