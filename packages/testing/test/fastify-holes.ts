import { guard } from '@iamkit/fastify'
import fastify, { type FastifyInstance, type FastifyRequest, type RouteHandler } from 'fastify'
import { iam } from './notes.js'

const { can } = guard(iam)

/** A handler whose name is the hole that leads to it. */
const named = (name: string, status = 200): RouteHandler =>
  Object.defineProperty<RouteHandler>(
    (_request, reply) => reply.code(status).send('served'),
    'name',
    {
      value: name,
    },
  )
type Hook = (
  request: FastifyRequest,
  reply: { code(status: number): { send(): unknown } },
) => Promise<unknown>
const guardWhere =
  (isOpen: (request: FastifyRequest) => unknown): Hook =>
  async (request, reply) =>
    isOpen(request) ? undefined : reply.code(401).send()

/** Every hole is the way by which one of the handlers can be reached; `path` is where it is. */
export const FASTIFY_HOLES: Readonly<
  Record<string, { readonly path: string; readonly dig: (api: FastifyInstance) => void }>
> = {
  forgotten: { path: '/', dig: (api) => api.get('/', named('forgotten')) },
  quiet: { path: '/secret', dig: (api) => api.get('/secret', named('quiet', 403)) },
  sibling: {
    path: '/secret',
    dig: (api) => {
      api.register(async (other) => {
        other.addHook('preHandler', can('notes:ListNotes'))
      })
      api.get('/secret', named('sibling'))
    },
  },
  table: {
    path: '/secret',
    dig: (api) => {
      const guarded = new Set(['/table/secret'])
      api.addHook(
        'onRequest',
        guardWhere((request) => !guarded.has(request.originalUrl)),
      )
      api.get('/secret', named('table'))
    },
  },
  unless: {
    path: '/secret',
    dig: (api) => {
      const isOpen = /[/](?:health|login)|[.]css$/
      api.addHook(
        'onRequest',
        guardWhere((request) => isOpen.test(request.originalUrl)),
      )
      api.get('/secret', named('unless'))
    },
  },
  encoded: {
    path: '/:area',
    dig: (api) => {
      const isClosed = /^\/+encoded\/+admin\/*(?:[?#;]|$)/i
      api.addHook(
        'onRequest',
        guardWhere((request) => !isClosed.test(request.originalUrl)),
      )
      api.get('/:area', named('encoded'))
    },
  },
  head: {
    path: '/:noteId',
    dig: (api) => {
      api.head('/:noteId', named('head'))
      api.get('/:noteId', { preHandler: can('notes:GetNote') }, async () => 'a note')
    },
  },
  others: {
    path: '/:noteId',
    dig: (api) => {
      api.get('/:noteId', { preHandler: can('notes:GetNote') }, async () => 'a note')
      api.route({ method: ['PUT', 'DELETE'], url: '/:noteId', handler: named('others') })
    },
  },
  unawaited: {
    path: '/secret',
    dig: (api) => {
      api.addHook(
        'onRequest',
        guardWhere(async () => false),
      )
      api.get('/secret', named('unawaited'))
    },
  },
  header: {
    path: '/secret',
    dig: (api) => {
      const isAdmin = ({ headers }: FastifyRequest) => headers['x-forwarded-user'] === 'admin'
      api.addHook('onRequest', guardWhere(isAdmin))
      api.get('/secret', named('header'))
    },
  },
  secret: {
    path: '/secret',
    dig: (api) => {
      const { NOTES_TEST_SECRET } = process.env
      const isKnown = ({ headers }: FastifyRequest) =>
        headers.authorization === `Bearer ${NOTES_TEST_SECRET}`
      api.addHook('onRequest', guardWhere(isKnown))
      api.get('/secret', named('secret'))
    },
  },
  connection: {
    path: '/secret',
    dig: (api) => {
      const trusted = new WeakSet<object>()
      const isTrusted = ({ socket }: FastifyRequest) => {
        const before = trusted.has(socket)
        trusted.add(socket)
        return before
      }
      api.addHook('onRequest', guardWhere(isTrusted))
      api.get('/secret', named('connection'))
    },
  },
  shadow: {
    path: '/:noteId',
    dig: (api) => {
      api.get('/:noteId', { preHandler: can('notes:GetNote', { mode: 'shadow' }) }, named('shadow'))
    },
  },
}

/** One app with all of them, each below a path of its name, and the paths. */
export function fastifyAppWithHoles(): {
  readonly app: FastifyInstance
  readonly routes: readonly string[]
} {
  const app = fastify({ routerOptions: { caseSensitive: false, ignoreTrailingSlash: true } })
  for (const [name, { dig }] of Object.entries(FASTIFY_HOLES)) {
    app.register(async (api) => dig(api), { prefix: `/${name}` })
  }
  app.addHook('onRequest', async (request, reply) => {
    if (request.originalUrl.startsWith('/files/')) return reply.send('a file')
    return undefined
  })
  const routes = Object.entries(FASTIFY_HOLES).map(([name, { path }]) => `/${name}${path}`)
  return { app, routes }
}
