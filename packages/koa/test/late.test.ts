import type { Middleware } from 'koa'
import { describe, expect, it } from 'vitest'
import { type Coverable, guard } from '../src/index.js'
import { createDocsIam } from './docs.js'
import { FRAMEWORKS, listen, send } from './server.js'

const { iam } = createDocsIam()
const { can, publicRoute, covered, errors, assertCovered } = guard(iam)
const status = can('docs:ReadStatus')
const handler: Middleware = (ctx) => {
  ctx.body = 'ok'
}
const look = (app: Coverable) => assertCovered(app, { print: () => {} })
const TOO_LATE =
  'invalid route `app`: added behind `assertCovered`, which has looked already: add it before'

describe.each(FRAMEWORKS)('an app of $version that was looked at', ({ App, Router }) => {
  const routerWith = (path: string, ...handlers: readonly Middleware[]) => {
    const router = new Router()
    router.get(path, ...(handlers as [Middleware]))
    return router
  }
  const built = () => {
    const app = new App()
    const router = routerWith('/x', status, handler)
    const inner = new App()
    const innerRouter = routerWith('/y', status, handler)
    inner.use(innerRouter.routes())
    app.use(errors()).use(router.routes()).use(covered(inner))
    look(app)
    return { app, router, inner, innerRouter }
  }

  it.each<[string, (parts: ReturnType<typeof built>) => unknown]>([
    ['a route', ({ router }) => router.get('/late', handler)],
    ['a guarded route', ({ router }) => router.get('/late', status, handler)],
    ['middleware of a router', ({ router }) => router.use(handler)],
    ['a router in a router', ({ router }) => router.use(routerWith('/late', handler).routes())],
    ['handler of a parameter', ({ router }) => router.param('x', (_x, _ctx, next) => next())],
    ['middleware', ({ app }) => app.use(handler)],
    ['a router', ({ app }) => app.use(routerWith('/late', handler).routes())],
    ['middleware of an app within', ({ inner }) => inner.use(handler)],
    ['a route of an app within', ({ innerRouter }) => innerRouter.all('/late', handler)],
  ])('takes no %s any more', async (_title, add) => {
    const parts = built()
    expect(() => add(parts)).toThrow(TOO_LATE)
    const server = await listen(parts.app)
    expect(await send(server.port, ['GET /late HTTP/1.1'])).toMatchObject({ status: 404 })
    const allowed = await send(server.port, ['GET /x HTTP/1.1', 'Authorization: Bearer ann'])
    expect(allowed).toMatchObject({ status: 200, body: 'ok' })
    await server.close()
  })

  it('may be looked at again, and a router within another', () => {
    const { app, router } = built()
    expect(look(app)).toHaveLength(2)
    const other = new Router()
    other.use('/v1', router.routes())
    expect(look(other)).toHaveLength(1)
  })

  it('stops where `errors()` stands behind a guarded route, and would answer nothing', () => {
    const app = new App()
    app.use(routerWith('/x', status, handler).routes()).use(errors())
    app.use(routerWith('/y', status, handler).routes())
    expect(() => look(app)).toThrow(
      'invalid route `* /`: `errors()` stands behind the routes: put it before the first',
    )
  })

  it.each<[string, readonly Middleware[]]>([
    ['before the routes', [errors(), routerWith('/x', status, handler).routes() as Middleware]],
    [
      'behind what everybody may call',
      [
        routerWith('/h', publicRoute('probe'), handler).routes() as Middleware,
        errors(),
        routerWith('/x', status, handler).routes() as Middleware,
      ],
    ],
    [
      'on a router',
      [
        new Router()
          .use(errors())
          .use(routerWith('/x', status, handler).routes())
          .routes() as Middleware,
      ],
    ],
    ['nowhere', [routerWith('/x', status, handler).routes() as Middleware]],
  ])('is content with `errors()` %s', (_title, middleware) => {
    const app = new App()
    for (const one of middleware) app.use(one)
    expect(() => look(app)).not.toThrow()
  })
})
