import { guard } from '@iamkit/koa'
import Router from '@koa/router'
import Koa, { type Middleware } from 'koa'
import { iam } from './notes.js'

const { can, publicRoute } = guard(iam)

const refuse: Middleware = (ctx) => {
  ctx.status = 401
}
const serve: Middleware = (ctx) => {
  ctx.body = 'served'
}
/** A handler whose name is the hole that leads to it. */
const named = (name: string): Middleware =>
  Object.defineProperty((...call: Parameters<Middleware>) => serve(...call), 'name', {
    value: name,
  })
const guardWhere =
  (isOpen: (ctx: Koa.ParameterizedContext) => unknown): Middleware =>
  (ctx, next) =>
    isOpen(ctx) ? next() : refuse(ctx, next)

/** `before` stands before the router, below the hole's own path, without regard to letter case. */
type Hole = (router: Router, before: (middleware: Middleware) => void) => void

/** Every hole is the way by which one of the handlers can be reached. */
export const KOA_HOLES: Readonly<Record<string, Hole>> = {
  forgotten: (router) => router.get('/', named('forgotten')),
  late: (router) => router.get('/:noteId', named('late'), can('notes:GetNote')),
  table: (router, before) => {
    const guarded = new Set(['/table/secret'])
    before(guardWhere((ctx) => !guarded.has(ctx.originalUrl)))
    router.get('/secret', named('table'))
  },
  unless: (router, before) => {
    before(guardWhere((ctx) => /[/](?:health|login)|[.]css$/.test(ctx.originalUrl)))
    router.get('/secret', named('unless'))
  },
  encoded: (router, before) => {
    before(guardWhere((ctx) => !/^\/encoded\/admin$/i.test(ctx.path)))
    router.get('/:area', named('encoded'))
  },
  head: (router) => {
    router.head('/:noteId', named('head'))
    router.get('/:noteId', can('notes:GetNote'), serve)
  },
  override: (router, before) => {
    before(guardWhere((ctx) => ctx.method === 'POST'))
    before((ctx, next) => {
      ctx.method = ctx.get('X-HTTP-Method-Override') || ctx.method
      return next()
    })
    router.delete('/:noteId', named('override'))
  },
  all: (router) => {
    router.get('/:noteId', can('notes:GetNote'), serve)
    router.all('/:noteId', named('all'))
  },
  mounted: (router) => {
    const inner = new Router()
    inner.get('/inside', named('mounted'))
    router.use('/deep', inner.routes())
  },
  goesOn: (router, before) => {
    before(async (ctx, next) => {
      ctx.status = 403
      await next()
      ctx.status = 403
    })
    router.get('/secret', named('goesOn'))
  },
  unawaited: (router, before) => {
    const decide = async () => {
      await new Promise((resolve) => setTimeout(resolve, 1))
      return false
    }
    before(guardWhere(() => decide()))
    router.get('/secret', named('unawaited'))
  },
  passedOn: (router) => {
    router.get('/latest', publicRoute('the newest'), (_ctx, next) => next())
    router.get('/:noteId', named('passedOn'))
  },
  header: (router, before) => {
    before(guardWhere((ctx) => ctx.get('X-Forwarded-User') === 'admin'))
    router.get('/secret', named('header'))
  },
  secret: (router, before) => {
    const { NOTES_TEST_SECRET } = process.env
    before(guardWhere((ctx) => ctx.get('Authorization') === `Bearer ${NOTES_TEST_SECRET}`))
    router.get('/secret', named('secret'))
  },
  twice: (router, before) => {
    before(guardWhere((ctx) => Array.isArray(ctx.query.x)))
    router.get('/secret', named('twice'))
  },
  absolute: (router, before) => {
    before(guardWhere((ctx) => !ctx.originalUrl.startsWith('/')))
    router.get('/secret', named('absolute'))
  },
  connection: (router, before) => {
    const trusted = new WeakSet<object>()
    const isTrusted = ({ req }: Koa.ParameterizedContext) => {
      const before = trusted.has(req.socket)
      trusted.add(req.socket)
      return before
    }
    before(guardWhere(isTrusted))
    router.get('/secret', named('connection'))
  },
  shadow: (router) => {
    router.get('/:noteId', can('notes:GetNote', { mode: 'shadow' }), named('shadow'))
  },
}

/** One app with all of them, each below a path of its name. */
export function koaAppWithHoles(): Koa {
  const app = new Koa()
  app.silent = true
  for (const [name, dig] of Object.entries(KOA_HOLES)) {
    const router = new Router({ prefix: `/${name}` })
    const isBelow = (path: string) => path.toLowerCase().startsWith(`/${name.toLowerCase()}/`)
    dig(router, (middleware) => {
      app.use((ctx, next) => (isBelow(ctx.path) ? middleware(ctx, next) : next()))
    })
    app.use(router.routes())
  }
  app.use((ctx, next) => (ctx.path.startsWith('/files/') ? serve(ctx, next) : next()))
  return app
}
