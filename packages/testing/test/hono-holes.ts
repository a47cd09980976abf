import type { IncomingMessage } from 'node:http'
import { guard } from '@iamkit/hono'
import { nodeConnection } from '@iamkit/hono/node'
import { type Context, type Handler, Hono, type MiddlewareHandler } from 'hono'
import { iam } from './notes.js'

const { can, publicRoute } = guard(iam, { connection: nodeConnection })

const serve: Handler = (c) => c.text('served')
/** A handler whose name is the hole that leads to it. */
const named = (name: string, handler: Handler = serve): Handler =>
  Object.defineProperty<Handler>((c) => handler(c, async () => {}), 'name', { value: name })
const guardWhere =
  (isOpen: (c: Context) => unknown): MiddlewareHandler =>
  async (c, next) =>
    isOpen(c) ? next() : c.body(null, 401)

/** Every hole is the way by which one of the handlers can be reached. */
export const HONO_HOLES: Readonly<Record<string, (app: Hono) => void>> = {
  forgotten: (app) => app.get('/', named('forgotten')),
  quiet: (app) =>
    app.get(
      '/secret',
      named('quiet', (c) => c.body(null, 403)),
    ),
  late: (app) => app.get('/:noteId', named('late'), can('notes:GetNote')),
  table: (app) => {
    const guarded = new Set(['/table/secret'])
    app.use(guardWhere((c) => !guarded.has(new URL(c.req.url).pathname)))
    app.get('/secret', named('table'))
  },
  unless: (app) => {
    app.use(guardWhere((c) => /[/](?:health|login)|[.]css$/.test(c.req.url)))
    app.get('/secret', named('unless'))
  },
  encoded: (app) => {
    app.use(guardWhere((c) => !/[/]admin[/]?(?:[?;]|$)/.test(c.req.url)))
    app.get('/:area', named('encoded'))
  },
  all: (app) => {
    app.get('/:noteId', can('notes:GetNote'), serve)
    app.all('/:noteId', named('all'))
  },
  mounted: (app) => {
    const inner = new Hono().onError((_error, c) => c.body(null, 500))
    app.route('/deep', inner.get('/inside', named('mounted')))
  },
  goesOn: (app) => {
    app.use(async (c, next) => {
      await next()
      c.res = c.body(null, 403)
    })
    app.get('/secret', named('goesOn'))
  },
  unawaited: (app) => {
    app.use(guardWhere(async () => false))
    app.get('/secret', named('unawaited'))
  },
  passedOn: (app) => {
    app.get('/latest', publicRoute('the newest'), (_c, next) => next())
    app.get('/:noteId', named('passedOn'))
  },
  header: (app) => {
    app.use(guardWhere((c) => c.req.header('X-Forwarded-User') === 'admin'))
    app.get('/secret', named('header'))
  },
  secret: (app) => {
    const { NOTES_TEST_SECRET } = process.env
    app.use(guardWhere((c) => c.req.header('Authorization') === `Bearer ${NOTES_TEST_SECRET}`))
    app.get('/secret', named('secret'))
  },
  twice: (app) => {
    app.use(guardWhere((c) => (c.req.queries('x') ?? []).length > 1))
    app.get('/secret', named('twice'))
  },
  connection: (app) => {
    const trusted = new WeakSet<object>()
    const isTrusted = (c: Context) => {
      const { socket } = (c.env as { readonly incoming: IncomingMessage }).incoming
      const before = trusted.has(socket)
      trusted.add(socket)
      return before
    }
    app.use(guardWhere(isTrusted))
    app.get('/secret', named('connection'))
  },
  shadow: (app) => {
    app.get('/:noteId', can('notes:GetNote', { mode: 'shadow' }), named('shadow'))
  },
}

/** One app with all of them, each below a path of its name. */
export function honoAppWithHoles(): Hono {
  const app = new Hono({ strict: false })
  for (const [name, dig] of Object.entries(HONO_HOLES)) {
    const api = new Hono()
    dig(api)
    app.route(`/${name}`, api)
  }
  app.use('/files/*', async (c, _next) => c.text('a file'))
  return app
}
