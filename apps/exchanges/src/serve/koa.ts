/**
 * The app of the exchanges on Koa.
 *
 * Errors  `CoverageError` at start-up, if a route were open.
 *
 * @module
 */
import { createServer } from 'node:http'
import { keptAccess } from '@iamkit/http'
import { guard } from '@iamkit/koa'
import { bodyParser } from '@koa/bodyparser'
import type Router from '@koa/router'
import type Koa from 'koa'
import type { Middleware } from 'koa'
import { createDocsIam } from '../docs.js'
import { type AppRoute, answerOf, OPEN_API, ROUTES, TABLE } from '../routes.js'
import { listening } from './listening.js'
import { BODY_LIMIT, type Seen, type Served } from './served.js'

export interface KoaFamily {
  readonly App: typeof Koa
  readonly Router: typeof Router
}

const notFound: Middleware = (ctx) => {
  ctx.status = 404
  ctx.body = { error: 'nothing here' }
}

const appErrors: Middleware = async (ctx, next) => {
  try {
    await next()
  } catch (error) {
    ctx.status = (error as { status?: number }).status ?? 500
    ctx.body = { error: ctx.status }
  }
}

/** What no route has answered is not there. A masked refusal answers for itself. */
const answerNotFound: Middleware = async (ctx, next) => {
  await next()
  if (ctx.status === 404 && !ctx.body) await notFound(ctx, next)
}

export function serveKoa(of: KoaFamily, seen: Seen): Promise<Served> {
  const iam = createDocsIam(seen.faults)
  const { can, protect, publicRoute, errors, assertCovered } = guard(iam, { notFound })
  const router = new of.Router({ sensitive: true, strict: true })
  const parser = bodyParser({ jsonLimit: String(BODY_LIMIT) })

  router.use(parser)
  protect(router, TABLE)
  protect(router, OPEN_API)
  for (const route of ROUTES) {
    const guards = route.reason
      ? [publicRoute(route.reason)]
      : route.action
        ? [can(route.action, route.options as never) as Middleware]
        : []
    router[methodOf(route)](route.path, ...guards, handlerOf(route, seen))
  }
  const app = new of.App()
  app.use(appErrors).use(answerNotFound).use(errors()).use(router.routes())
  assertCovered(app, { print: () => {} })
  const answer = app.callback()
  return listening(createServer((req, res) => void answer(req, res)))
}

function methodOf({ method }: AppRoute): 'get' {
  return method.toLowerCase() as 'get'
}

function handlerOf(route: AppRoute, { ran }: Seen): Middleware {
  return (ctx) => {
    ran.push(route.name)
    ctx.body = answerOf(route, keptAccess(ctx))
  }
}
