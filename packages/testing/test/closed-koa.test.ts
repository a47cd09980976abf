import { guard } from '@iamkit/koa'
import Router from '@koa/router'
import Koa, { type Middleware } from 'koa'
import { describe, expect, it } from 'vitest'
import { expectNoBypass } from '../src/index.js'
import { iam } from './notes.js'
import { thorough } from './thorough.js'

const { can, publicRoute, unguarded, errors, protect, assertCovered } = guard(iam)

const serve: Middleware = (ctx) => {
  ctx.body = 'served'
}

function koaApp(...routers: readonly Router[]): Koa {
  const app = new Koa()
  app.silent = true
  app.use(errors())
  for (const router of routers) app.use(router.routes())
  assertCovered(app, { print: () => {} })
  return app
}

const ROUTINGS = [
  ['default', { sensitive: false, strict: false }],
  ['strict', { sensitive: false, strict: true }],
  ['case-sensitive', { sensitive: true, strict: false }],
] as const

describe('expectNoBypass on a closed app of Koa', { timeout: 120_000 }, () => {
  it.each(ROUTINGS)('finds nothing with %s routing', async (_title, routing) => {
    const router = new Router({ ...routing, prefix: '/v1' })
    router.get('/notes/:noteId', can('notes:GetNote'), serve)
    const counts = unguarded('counts', (_ctx, next) => next())
    router.delete('/notes/:noteId', counts, can('notes:DeleteNote'), serve)
    router.get('/health', publicRoute('load balancer'), serve)
    const { routes, unreached } = await expectNoBypass(koaApp(router), { thorough })
    expect(unreached).toEqual([])
    expect(routes).toEqual(['/v1/notes/:noteId', '/v1/health'])
  })

  it('finds nothing where routes are guarded in other ways', async () => {
    const router = new Router({ prefix: '/table' })
    protect(router, {
      'GET /:noteId': 'notes:GetNote',
      'DELETE /:noteId': 'notes:DeleteNote',
      'GET /help': { public: 'help' },
    })
    router.get('/help', serve)
    router.get('/:id', serve)
    router.delete('/:noteId', serve)
    const inner = new Router()
    inner.get('/:noteId', can('notes:GetNote'), serve)
    const outer = new Router()
    outer.use('/app', inner.routes())
    const { routes } = await expectNoBypass(koaApp(router, outer), { thorough })
    expect(routes).toEqual(['/table/:noteId', '/table/help', '/app/:noteId'])
  })

  it('finds nothing where the caller is known and may do nothing', async () => {
    const router = new Router()
    router.get('/:noteId', can('notes:GetNote'), serve)
    await expectNoBypass(koaApp(router), { headers: ['Authorization: Bearer bob'] })
  })

  it('finds nothing where the caller is allowed, and lets the handler run', async () => {
    let ran = 0
    const router = new Router()
    router.get('/:noteId', can('notes:GetNote'), (ctx) => {
      ran += 1
      ctx.body = 'a note'
    })
    await expectNoBypass(koaApp(router), { headers: ['Authorization: Bearer ann'] })
    expect(ran).toBeGreaterThan(50)
  })

  it('leaves the app as it was', async () => {
    const router = new Router()
    router.get('/:noteId', can('notes:GetNote'), serve)
    const app = new Koa().use(router.routes()).use(publicRoute('the page', serve))
    const handlers = () => [...app.middleware, ...router.stack.flatMap(({ stack }) => stack)]
    const before = handlers()
    await expectNoBypass(app, { thorough })
    expect(handlers()).toEqual(before)
  })
})
