import { channel, hasSubscribers } from 'node:diagnostics_channel'
import { guard } from '@iamkit/fastify'
import fastify, { type FastifyInstance, type RouteHandler } from 'fastify'
import fastify50 from 'fastify-5-0'
import { describe, expect, it } from 'vitest'
import { type BypassError, expectNoBypass, type SearchedApp } from '../src/index.js'
import { iam } from './notes.js'
import { thorough } from './thorough.js'

const { can, publicRoute, publicStatic, unguarded, errors, protect, assertCovered } = guard(iam)

/** What the framework says just before a handler. */
const START = 'tracing:fastify.request.handler:start'
/** Every method with a path as it is. */
const PLAIN = 37

const serve: RouteHandler = async () => 'served'
const VERSIONS = [
  ['5.12', fastify],
  ['5.0', fastify50 as unknown as typeof fastify],
] as const

describe.each(VERSIONS)(
  'expectNoBypass on an app of Fastify %s',
  { timeout: 120_000 },
  (_, create) => {
    function coveredApp(): FastifyInstance {
      const app = create()
      assertCovered(app, { print: () => {} })
      app.setErrorHandler(errors())
      return app
    }

    it('finds nothing that is open, and aims at every route', async () => {
      const app = coveredApp()
      const counts = unguarded('counts', async () => {})
      app.get('/health', { preHandler: publicRoute('load balancer') }, serve)
      app.delete('/v1/:noteId', { preHandler: [counts, can('notes:DeleteNote')] }, serve)
      app.register(
        async (api) => {
          protect(api, { 'GET /:noteId': 'notes:GetNote', 'GET /help': { public: 'help' } })
          api.get('/help', serve)
          api.get('/:noteId', serve)
        },
        { prefix: '/table' },
      )
      const files = async (api: FastifyInstance) => {
        api.get('/a.txt', async () => 'a file')
      }
      app.register(publicStatic(files, 'tests'), { prefix: '/files' })
      const { routes, unreached } = await expectNoBypass(app, { thorough })
      expect(unreached).toEqual([])
      expect(routes).toEqual([
        '/health',
        '/v1/:noteId',
        '/table/help',
        '/table/:noteId',
        '/files/a.txt',
      ])
      expect(hasSubscribers(START)).toBe(false)
    })

    it('finds nothing where the caller is allowed, and lets the handler run', async () => {
      let ran = 0
      const app = coveredApp()
      app.get('/:noteId', { preHandler: can('notes:GetNote') }, async () => {
        ran += 1
        return 'a note'
      })
      await expectNoBypass(app, { headers: ['Authorization: Bearer ann'] })
      expect(ran).toBeGreaterThan(50)
    })

    it('finds a handler that runs and hides it behind a refusal', async () => {
      const app = create()
      app.get('/secret', async function peek(_request, reply) {
        return reply.code(403).send()
      })
      const { bypasses } = await expectNoBypass(app, { routes: ['/secret'], limit: PLAIN }).then(
        () => expect.unreachable('nothing was found'),
        (error: unknown) => error as BypassError,
      )
      const runs = bypasses.map(({ method, what }) => [method, what])
      expect(runs).toEqual([
        ['GET', 'handler `peek` of `GET /secret` ran'],
        ['HEAD', 'handler `peek` of `HEAD /secret` ran'],
      ])
    })
  },
)

describe('expectNoBypass on Fastify', () => {
  it('wants routes where nobody has listened for them', async () => {
    const app = fastify()
    app.get('/secret', serve)
    await expect(expectNoBypass(app)).rejects.toThrow(
      'no routes: name them in `routes`, or on Fastify call `assertCovered` before the first one',
    )
  })

  it('says so where it cannot see the handlers', async () => {
    const app: SearchedApp = {
      ready: async () => {},
      printRoutes: () => '',
      routing(req, res) {
        channel(START).publish({ request: { raw: req }, route: { url: '/secret', method: 'GET' } })
        res.writeHead(404).end()
      },
    }
    await expect(expectNoBypass(app, { routes: ['/secret'] })).rejects.toMatchObject({
      code: 'ERR_BYPASS_OPTIONS_INVALID',
      message: 'cannot look for bypasses: this version of Fastify hides its handlers',
    })
  })

  it('hands on what an app throws that does not get ready', async () => {
    const app = fastify()
    assertCovered(app, { print: () => {} })
    app.get('/secret', serve)
    await expect(expectNoBypass(app)).rejects.toMatchObject({ code: 'ERR_ROUTE_UNGUARDED' })
  })
})
