import type { FastifyInstance } from 'fastify'
import { describe, expect, it } from 'vitest'
import { guard } from '../src/index.js'
import { createDocsIam, documentTags } from './docs.js'
import { FRAMEWORKS } from './server.js'

const { iam } = createDocsIam()
const { can, protect, publicRoute, unguarded, assertCovered } = guard(iam)
const handler = async () => 'ok'
const status = { preHandler: can('docs:ReadStatus') }
const list = { preHandler: can('docs:ListDocuments') }
const context = () => ({ 'docs:Classification': 'public' })

describe.each(FRAMEWORKS)('assertCovered on Fastify %s', (_, fastify) => {
  /** What keeps the app from becoming ready, and the table. */
  async function cover(build: (app: FastifyInstance) => unknown) {
    const app = fastify()
    let text = ''
    assertCovered(app, { print: (printed) => (text = printed) })
    build(app)
    const problem = await app.ready().then(
      () => '',
      (error: Error) => error.message,
    )
    await app.close()
    return { problem, text }
  }

  it('prints what each route does', async () => {
    const { problem, text } = await cover((app) => {
      app.addHook('onRequest', async () => {})
      app.get('/health', { preHandler: publicRoute('load balancer') }, handler)
      app.register(
        async (api) => {
          api.get('/', list, handler)
          const hooks = [
            unguarded('counts', async () => {}),
            can('docs:CreateDocument', { requestTags: documentTags, context }),
          ]
          api.put('/documents/:documentId', { preHandler: hooks }, handler)
        },
        { prefix: '/folders/:folderId' },
      )
      app.route({ method: ['PUT', 'DELETE'], url: '/status', ...status, handler })
    })
    expect(problem).toBe('')
    expect(text.split('\n')).toEqual([
      'iamkit  route coverage',
      '  GET,HEAD   /health                                   public  "load balancer"',
      '  PUT,DELETE /status                                   docs:ReadStatus',
      '  GET,HEAD   /folders/:folderId                        docs:ListDocuments',
      // Fastify hears `/` in a plugin as two routes, and tells of one.
      '  HEAD       /folders/:folderId/                       docs:ListDocuments',
      '  PUT        /folders/:folderId/documents/:documentId  docs:CreateDocument  request tags',
    ])
  })

  it.each<[string, (app: FastifyInstance) => unknown, string]>([
    ['a route without a guard', (app) => app.get('/x', handler), '`GET,HEAD /x`'],
    [
      'one method of a path',
      (app) => app.get('/x', status, handler).post('/x', handler),
      '`POST /x`',
    ],
    [
      'a hook before the guard',
      (app) => app.get('/x', { preHandler: [handler, can('docs:ReadStatus')] }, handler),
      '`GET,HEAD /x`',
    ],
    [
      'a guard on the app, which knows no route',
      (app) => app.addHook('preHandler', can('docs:ReadStatus')).get('/x', handler),
      '`GET,HEAD /x`',
    ],
    [
      'a guard in another plugin',
      (app) =>
        app
          .register(async (api) => {
            api.addHook('preHandler', can('docs:ReadStatus'))
          })
          .register(
            async (api) => {
              api.get('/x', handler)
            },
            { prefix: '/v1' },
          ),
      '`GET,HEAD /v1/x`',
    ],
    [
      'a guard that a later hook takes away',
      (app) =>
        app
          .addHook('onRoute', (route) => {
            delete route.preHandler
          })
          .get('/x', status, handler),
      '`GET,HEAD /x`',
    ],
    ['a HEAD of its own', (app) => app.head('/x', handler).get('/x', status, handler), '`HEAD /x`'],
    [
      'a path that does not bind what the ARN needs',
      (app) => app.get('/x/:id', list, handler),
      'needs `:folderId`',
    ],
    [
      'a route that comes later still',
      (app) =>
        app.addHook('onReady', async () => {
          app.get('/late', handler)
        }),
      'invalid route `/late`: add it before the app is ready',
    ],
    [
      'a path that may bind nothing',
      (app) => app.get('/x/:folderId?', list, handler),
      'needs `:folderId`',
    ],
    ['a colon that is none', (app) => app.get('/x/::folderId', list, handler), 'needs `:folderId`'],
    [
      'a name in an expression',
      (app) => app.get('/x/:id(^(?:a|b)$)', list, handler),
      'needs `:folderId`',
    ],
  ])('keeps an app from becoming ready with %s', async (_title, build, problem) => {
    expect((await cover(build)).problem).toContain(problem)
  })

  it('knows what a path binds', async () => {
    const build = (app: FastifyInstance) => {
      app.get('/a/:id-:folderId', list, handler)
      app.get('/b/:folderId(^[a-z]+$).json', list, handler)
      app.get('/c/:folderId/:rest?', list, handler)
    }
    expect((await cover(build)).problem).toBe('')
  })

  it('must hear of every route', async () => {
    const app = fastify()
    app.get('/x', handler)
    expect(() => assertCovered(app)).toThrow('call `assertCovered` before the first route')
    const other = fastify()
    other.register(async (api) => assertCovered(api))
    await expect(other.ready()).rejects.toThrow('on the app itself, outside of plugins')
    await other.close()
  })

  it('asks for a reason in words', () => {
    expect(() => publicRoute(' ')).toThrow('say why')
    expect(() => unguarded('', handler)).toThrow('say why')
    expect(() => publicRoute(undefined as never)).toThrow('invalid route `public`: say why')
    expect(() => unguarded(handler as never, handler)).toThrow('invalid route `unguarded`: say why')
    expect(() => unguarded('counts calls', undefined as never)).toThrow('no function')
  })

  it('refuses options that there are not', () => {
    expect(() => guard(iam, ...([{ notFound: handler }] as never[]))).toThrow(
      'invalid option `notFound`: `guard` has no options',
    )
    expect(() => assertCovered(fastify(), console.log as never)).toThrow('must be an object')
  })

  it('sees the rows of a table', async () => {
    const { problem, text } = await cover((app) => {
      protect(app, {
        'ALL /folders/:folderId': { GET: 'docs:ListDocuments' },
        'GET /h': { public: 'x' },
      })
      app.get('/folders/:id', handler)
      app.post('/folders/:id', handler)
      app.get('/h', handler)
      app.post('/h', handler)
    })
    expect(text).toContain('  GET,HEAD      /h            public  "x"')
    expect(text).toContain('needs `:folderId`')
    expect(problem).toBe('1 route is reachable without a decision: `POST /h`')
  })
})
