import express, { type Express, type RequestHandler, type Router } from 'express'
import { describe, expect, it } from 'vitest'
import { guard } from '../src/index.js'
import { createDocsIam } from './docs.js'
import { FRAMEWORKS, listen, onError, send } from './server.js'

const { iam } = createDocsIam()
const { can, covered, errors, assertCovered } = guard(iam)
const status = can('docs:ReadStatus')
const handler: RequestHandler = (_req, res) => {
  res.send('ok')
}
const TOO_LATE =
  'invalid route `app`: added behind `assertCovered`, which has looked already: add it before'

describe.each(FRAMEWORKS)('an app of Express %s that was looked at', (_version, create) => {
  const built = () => {
    const app = create()
    const router = create.Router()
    const inner = create()
    const route = router.route('/x').get(status, handler)
    inner.get('/y', status, handler)
    app.use('/r', router).use('/i', covered(inner as Express))
    assertCovered(app as Express, { print: () => {} })
    return { app, router, inner, route }
  }

  it.each<[string, (parts: ReturnType<typeof built>) => unknown]>([
    ['a route', ({ app }) => app.get('/late', handler)],
    ['a guarded route', ({ app }) => app.get('/late', status, handler)],
    ['middleware', ({ app }) => app.use(handler)],
    ['a router', ({ app }) => app.use('/late', create.Router())],
    ['a route of a router within', ({ router }) => router.post('/late', handler)],
    ['a route of an app within', ({ inner }) => inner.all('/late', handler)],
    ['a method of a route', ({ route }) => route.post(handler)],
    ['handler of a parameter', ({ app }) => app.param('x', handler)],
    ['handler of a parameter of a router', ({ router }) => router.param('x', handler)],
  ])('takes no %s any more', async (_title, add) => {
    const parts = built()
    expect(() => add(parts)).toThrow(TOO_LATE)
    const server = await listen(parts.app as Express)
    for (const path of ['/late', '/r/late', '/i/late']) {
      const { status: found } = await send(server.port, [`GET ${path} HTTP/1.1`])
      expect(found).toBe(404)
    }
    const { status: posted } = await send(server.port, ['POST /r/x HTTP/1.1'])
    expect(posted).toBe(404)
    const allowed = await send(server.port, ['GET /r/x HTTP/1.1', 'Authorization: Bearer ann'])
    expect(allowed).toMatchObject({ status: 200, body: 'ok' })
    await server.close()
  })

  it('may be looked at again, and within another', () => {
    const { app, router } = built()
    expect(assertCovered(app as Express, { print: () => {} })).toHaveLength(2)
    const other = create().use(router as Router)
    expect(assertCovered(other as Express, { print: () => {} })).toHaveLength(1)
  })

  it('takes more where it was found open', () => {
    const app = create()
    app.get('/x', handler)
    expect(() => assertCovered(app as Express, { print: () => {} })).toThrow('1 route is')
    expect(() => app.get('/y', handler)).not.toThrow()
  })
})

describe('`errors()`', () => {
  const own = onError((_error, res) => void res.status(500).end())
  const rows = (build: (app: Express) => void) => {
    const app = express()
    build(app)
    return () => assertCovered(app, { print: () => {} })
  }
  const routerWith = (...more: readonly ReturnType<typeof errors>[]) => {
    const router = express.Router()
    router.get('/x', status, handler)
    for (const one of more) router.use(one)
    return router
  }

  it.each<[string, (app: Express) => unknown, string]>([
    ['a route', (app) => app.use(errors()).get('/x', status, handler), '/'],
    ['a router', (app) => app.use(errors()).use('/r', routerWith()), '/'],
    [
      'the last of several routes',
      (app) => app.get('/x', status, handler).use(errors()).get('/y', status, handler),
      '/',
    ],
    [
      'a route of a router',
      (app) => app.use('/r', express.Router().use(errors()).use(routerWith())),
      '/r',
    ],
    ['an app within', (app) => app.use(errors()).use(covered(express().use(routerWith()))), '/'],
  ])('that stands before %s, and would answer nothing, stops the app', (_title, build, path) => {
    expect(rows(build)).toThrow(
      `invalid route \`* ${path}\`: \`errors()\` stands before routes: put it behind the last one`,
    )
  })

  it.each<[string, (app: Express) => unknown]>([
    ['stands behind', (app) => app.get('/x', status, handler).use(errors())],
    ['stands around', (app) => app.use(express.Router().use(errors(), routerWith())).use(errors())],
    ['stands within', (app) => app.use(errors()).use('/r', routerWith(errors()))],
    ['is not alone', (app) => app.use(errors()).use(routerWith()).use(own)],
    ['is not there', (app) => app.get('/x', status, handler)],
  ])('that %s lets it start', (_title, build) => {
    expect(rows(build)).not.toThrow()
  })
})
