import { Hono } from 'hono'
import { logger } from 'hono/logger'
import { describe, expect, it } from 'vitest'
import { guard } from '../src/index.js'
import { createDocsIam, documentTags } from './docs.js'
import { bareConnection } from './server.js'

const { iam } = createDocsIam()
const connection = bareConnection
const { can, protect, publicRoute, unguarded, assertCovered } = guard(iam, { connection })
const handler = () => new Response('ok')
const context = () => ({ 'docs:Classification': 'public' })

/** What is open or broken, and the table. */
function cover(build: (app: Hono) => unknown): { problem: string; text: string } {
  const app = new Hono()
  build(app)
  let text = ''
  try {
    assertCovered(app, { print: (printed) => (text = printed) })
    return { problem: '', text }
  } catch (error) {
    return { problem: (error as Error).message, text }
  }
}

describe('assertCovered', () => {
  it('prints what each route does', () => {
    const { problem, text } = cover((app) => {
      app.use(unguarded('logs', logger()))
      app.get('/health', publicRoute('load balancer'), handler)
      app.get('/folders/:folderId', can('docs:ListDocuments'), handler)
      const api = new Hono()
      api.onError((_error, c) => c.text('own', 500))
      api.put(
        '/:documentId{[0-9]+}',
        can('docs:CreateDocument', {
          requestTags: documentTags,
          context,
          parentParams: ['folderId'],
        }),
        handler,
      )
      const remove = can('docs:DeleteDocument', { parentParams: ['folderId'] })
      api.get('/:documentId', remove, handler).delete(remove, handler)
      app.route('/folders/:folderId/documents', api)
      app.all('/status', can('docs:ReadStatus'), handler)
    })
    expect(problem).toBe('')
    expect(text.split('\n')).toEqual([
      'iamkit  route coverage',
      '  GET,HEAD /health                                           public  "load balancer"',
      '  GET,HEAD /folders/:folderId                                docs:ListDocuments',
      '  PUT      /folders/:folderId/documents/:documentId{[0-9]+}  docs:CreateDocument  request tags',
      '  GET,HEAD /folders/:folderId/documents/:documentId          docs:DeleteDocument',
      '  DELETE   /folders/:folderId/documents/:documentId          docs:DeleteDocument',
      '  *        /status                                           docs:ReadStatus',
    ])
  })

  it.each<[string, (app: Hono) => unknown, string]>([
    ['a route without a guard', (app) => app.get('/x', handler), '`GET,HEAD /x`'],
    [
      'one method of a path',
      (app) => app.get('/x', can('docs:ReadStatus'), handler).post(handler),
      '`POST /x`',
    ],
    ['a late guard', (app) => app.get('/x', handler, can('docs:ReadStatus'), handler), '/x'],
    ['a catch-all', (app) => app.all('*', handler), '`* /*`'],
    ['middleware that does not say why', (app) => app.use(logger()), '`* /*`'],
    ['middleware at a path', (app) => app.use('/x/*', logger()), '`* /x/*`'],
    ['an app of something else', (app) => app.mount('/x', handler), '`* /x/*`'],
    [
      'a guard with another path',
      (app) => app.get('/x', can('docs:ReadStatus'), handler).get('/x/y', handler),
      '`GET,HEAD /x/y`',
    ],
    [
      'a guard that came later',
      (app) => app.get('/x', handler).get('/y', handler).get('/x', can('docs:ReadStatus'), handler),
      '2 routes are reachable without a decision: `GET,HEAD /x`, `GET,HEAD /y`',
    ],
    [
      'a route in a mounted app with an error handler',
      (app) => {
        const api = new Hono()
        api.onError((_error, c) => c.text('own', 500))
        api.get('/x', handler)
        return app.route('/v1', api)
      },
      '`GET,HEAD /v1/x`',
    ],
    [
      'a guard alone, which knows no route',
      (app) => app.use('/x/*', can('docs:ReadStatus')),
      'invalid route `* /x/*`: `can` stands alone',
    ],
    [
      'a path that does not bind what the ARN needs',
      (app) => app.get('/x/:id', can('docs:ListDocuments') as never, handler),
      'needs `:folderId`',
    ],
    [
      'a path that may bind nothing',
      (app) => app.get('/x/:folderId?', can('docs:ListDocuments') as never, handler),
      'needs `:folderId`',
    ],
    [
      'a name in an expression',
      (app) => app.get('/x/:id{a|/:folderId}', can('docs:ListDocuments') as never, handler),
      'needs `:folderId`',
    ],
  ])('stops an app with %s', (_title, build, problem) => {
    expect(cover(build).problem).toContain(problem)
  })

  it('asks for a reason in words', () => {
    expect(() => publicRoute(' ')).toThrow('say why')
    expect(() => unguarded('', logger())).toThrow('say why')
    expect(() => publicRoute(undefined as never)).toThrow('invalid route `public`: say why')
    expect(() => unguarded(logger() as never, logger())).toThrow('`unguarded`: say why')
    expect(() => unguarded('counts calls', undefined as never)).toThrow('no function')
  })

  it.each([{}, undefined, { fetch: () => {} }])('refuses what is no app: %s', (app) => {
    expect(() => assertCovered(app as never)).toThrow('invalid route `app`: not a Hono app')
  })

  it('refuses options that there are not', () => {
    expect(() => guard(iam, { connection: () => ({}), bodylimit: 1 } as never)).toThrow(
      'invalid option `bodylimit`: is no option of `guard`; there are connection, bodyLimit',
    )
    expect(() => assertCovered(new Hono(), console.log as never)).toThrow('must be an object')
  })

  it('sees the rows of a table, and only for what stands behind them', () => {
    const table = {
      'GET /folders/:folderId': 'docs:ListDocuments',
      'GET /h': { public: 'x' },
    } as const
    const before = cover((app) => {
      protect(app, table)
      app.get('/folders/:id', handler)
      app.get('/h', handler)
    })
    expect(before.text.split('\n').slice(1)).toEqual([
      '  GET,HEAD /folders/:id  docs:ListDocuments',
      '  GET,HEAD /h            public  "x"',
    ])
    expect(before.problem).toBe('')
    const behind = cover((app) => {
      app.get('/folders/:folderId', handler)
      protect(app, table)
    })
    expect(behind.problem).toContain('`GET,HEAD /folders/:folderId`')
    const beside = cover((app) => {
      protect(app, table)
      app.post('/folders/:folderId', handler)
      app.all('/folders/:folderId', handler)
      app.get('/folders/:folderId/x', handler)
    })
    expect(beside.problem).toContain('3 routes')
  })
})
