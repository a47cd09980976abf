import { bodyParser } from '@koa/bodyparser'
import type Router from '@koa/router'
import type Koa from 'koa'
import type { Middleware } from 'koa'
import { describe, expect, it, vi } from 'vitest'
import { type Coverable, guard } from '../src/index.js'
import { createDocsIam, documentTags } from './docs.js'
import { FRAMEWORKS, type Framework } from './server.js'

const { iam } = createDocsIam()
const { can, publicRoute, unguarded, errors, assertCovered } = guard(iam)
const [newest] = FRAMEWORKS as [Framework]
const handler: Middleware = (ctx) => {
  ctx.body = 'ok'
}

/** The table and what was thrown. */
function cover(app: Coverable): { table: string; error: unknown } {
  let table = ''
  try {
    assertCovered(app, { print: (text) => (table = text) })
    return { table, error: undefined }
  } catch (error) {
    return { table, error }
  }
}

function openRoutes(app: Coverable): readonly string[] {
  const { error } = cover(app)
  if (error === undefined) return []
  expect(error).toMatchObject({ name: 'CoverageError', code: 'ERR_ROUTE_UNGUARDED' })
  return (error as { routes: readonly string[] }).routes
}

describe.each(FRAMEWORKS)('assertCovered on $version', ({ App, Router, version }) => {
  const routerOf = (build: (router: Router, app: Koa) => void): Koa => {
    const app = new App()
    const router = new Router()
    build(router, app)
    app.use(router.routes()).use(router.allowedMethods())
    return app
  }

  it('prints the routes of an app as its author wrote them', () => {
    const app = new App()
    const api = new Router({ prefix: '/v1/:account' })
    api.get('list', '/folders/:folderId/documents', can('docs:ListDocuments'), handler)
    api.put(
      '/folders/:folderId/documents/:documentId',
      bodyParser(),
      can('docs:CreateDocument', { requestTags: documentTags, context: () => ({}) }),
      handler,
    )
    const router = new Router()
    router.get('/health', publicRoute('load balancer'), handler)
    app.use(errors()).use(bodyParser()).use(router.routes()).use(api.routes())
    expect(cover(app)).toEqual({
      error: undefined,
      table: [
        'iamkit  route coverage',
        '  GET,HEAD /health                                              public  "load balancer"',
        '  GET,HEAD /v1/:account/folders/:folderId/documents             docs:ListDocuments',
        '  PUT      /v1/:account/folders/:folderId/documents/:documentId docs:CreateDocument  request tags',
      ]
        .join('\n')
        .replaceAll(/ +(?=public|docs:)/g, (spaces) => `${spaces} `),
    })
  })

  it('names every route without a guard', () => {
    const app = routerOf((router) => {
      router.get('/export', handler)
      router.post('/import', bodyParser(), handler)
      router.get('/status', can('docs:ReadStatus'), handler)
    })
    const { table, error } = cover(app)
    expect(table).toBe(
      [
        'iamkit  route coverage',
        '  GET,HEAD /status  docs:ReadStatus',
        '✗ GET,HEAD /export  no guard',
        '✗ POST     /import  no guard',
      ].join('\n'),
    )
    expect(error).toMatchObject({
      message: '2 routes are reachable without a decision: `GET,HEAD /export`, `POST /import`',
      routes: ['GET,HEAD /export', 'POST /import'],
    })
  })

  it('finds routes in routers within routers', () => {
    const app = routerOf((router) => {
      const inner = new Router()
      const outer = new Router({ prefix: '/outer' })
      inner.get('/deep', handler)
      inner.get('/fine', can('docs:ReadStatus'), handler)
      outer.use('/inner', inner.routes())
      router.use(outer.routes())
    })
    expect(openRoutes(app)).toEqual(['GET,HEAD /outer/inner/deep'])
  })

  it.each<[string, (router: Router, app: Koa) => void, readonly string[]]>([
    [
      'a handler before the guard',
      (router) => router.get('/x', handler, can('docs:ReadStatus')),
      ['GET,HEAD /x'],
    ],
    [
      'the second of two layers that match',
      (router) => router.get('/x', can('docs:ReadStatus'), handler).get('/:any', handler),
      ['GET,HEAD /:any'],
    ],
    [
      'a guard on one method of two',
      (router) => router.get('/x', can('docs:ReadStatus'), handler).post('/x', handler),
      ['POST /x'],
    ],
    ['a route for every method', (router) => router.all('/x', handler), ['* /x']],
    ['a redirect', (router) => router.redirect('/x', '/y'), ['* /x']],
    [
      'a handler of `router.param`',
      (router) =>
        router
          .param('id', (_id, _ctx, next) => next())
          .get('/:id', can('docs:ReadStatus'), handler),
      ['GET,HEAD /:id'],
    ],
    [
      'static files',
      (_router, app) =>
        app.use(function serve(_ctx, next) {
          return next()
        }),
      ['* /'],
    ],
    [
      'a handler at a path of `use`',
      (router) => router.use('/graphql', handler).get('/graphql', can('docs:ReadStatus')),
      ['* /graphql'],
    ],
    [
      'a handler that calls itself a parser’s kin',
      (router) =>
        router.get('/x', function bodyParserX(ctx) {
          ctx.body = 'x'
        }),
      ['GET,HEAD /x'],
    ],
    [
      'several paths',
      (router) => router.get(['/x', '/y'], handler),
      ['GET,HEAD /x', 'GET,HEAD /y'],
    ],
    [
      'an unusual method',
      (router) => router.register('/x', ['SEARCH'], [handler] as never),
      ['SEARCH /x'],
    ],
  ])('finds %s', (_title, build, expected) => {
    expect(openRoutes(routerOf(build))).toEqual(expected)
  })

  it.each<[string, (router: Router, app: Koa) => void]>([
    ['a guard for every method', (router) => router.all('/x', can('docs:ReadStatus'), handler)],
    [
      'a parser before the guard',
      (router) => router.post('/x', bodyParser(), can('docs:ReadStatus'), handler),
    ],
    [
      'a handler that says why it may stand first',
      (router) =>
        router.get('/x', unguarded('counts calls', handler), can('docs:ReadStatus'), handler),
    ],
    ['middleware for all paths', (_router, app) => app.use((_ctx, next) => next())],
    [
      'middleware of a router for all of its paths',
      (router) => {
        const inner = new Router({ prefix: '/inner' })
        inner.use((_ctx, next) => next())
        router.use((_ctx, next) => next()).use(inner.routes())
      },
    ],
    ['a parser at a path', (router) => router.use('/x', bodyParser())],
    ['a handler that says why', (_router, app) => app.use(publicRoute('the web page', handler))],
    ['other middleware at a path', (router) => router.use('/x', unguarded('adds one', handler))],
  ])('is content with %s', (_title, build) => {
    const app = routerOf((router, koa) => {
      build(router, koa)
      router.get('/health', publicRoute('probe'), handler)
    })
    expect(openRoutes(app)).toEqual([])
  })

  it('proves nothing of an app that has no route yet', () => {
    expect(cover(new App()).error).toMatchObject({ code: 'ERR_ROUTE_INVALID' })
  })

  it('looks into a router, and into the middleware of its routes, by themselves', () => {
    const router = new Router()
    router.get('/x', handler)
    expect(openRoutes(router)).toEqual(['GET,HEAD /x'])
    expect(openRoutes(router.routes())).toEqual(['GET,HEAD /x'])
  })

  const get = 'docs:GetDocument'
  const optional = version.includes('13.') ? '/:folderId/:documentId?' : '/:folderId{/:documentId}'
  const wildcard = version.includes('13.') ? '/:folderId/:documentId(.*)' : '/:folderId/*documentId'

  it.each<[string, (router: Router) => void]>([
    ['one has another name', (router) => router.get('/:folderId/:id', can(get), handler)],
    ['one is optional', (router) => router.get(optional, can(get), handler)],
    ['one is a wildcard', (router) => router.get(wildcard, can(get), handler)],
    [
      'one of several paths lacks it',
      (router) => router.get(['/:folderId/:documentId', '/:folderId'], can(get), handler),
    ],
    ['a guard stands on `use`', (router) => router.use('/:folderId/:documentId', can(get))],
    ['a guard stands on `use` for all paths', (router) => router.use(can('docs:ReadStatus'))],
  ])('refuses a guard that cannot decide because %s', (_title, build) => {
    const { error } = cover(routerOf(build))
    expect(error).toMatchObject({ name: 'RouteError', code: 'ERR_ROUTE_INVALID' })
  })

  it.each<[string, (router: Router) => void]>([
    [
      'a router around it binds one',
      (router) => {
        const inner = new Router()
        inner.get('/documents/:documentId', can(get, { parentParams: ['folderId'] }), handler)
        router.use('/folders/:folderId', inner.routes())
      },
    ],
    [
      'the ARN comes from elsewhere',
      (router) =>
        router.get(
          '/d/:id',
          can(get, { arn: () => 'arn:aws:docs::acme:folder/f/document/d' }),
          handler,
        ),
    ],
    [
      'every one of several paths binds it',
      (router) => router.get(['/:folderId/:documentId', '/x/:documentId/:folderId'], can(get)),
    ],
  ])('is content where %s', (_title, build) => {
    expect(cover(routerOf(build)).error).toBeUndefined()
  })
})

describe('assertCovered', () => {
  it('prints to standard output if nobody else wants the table', () => {
    const router = new newest.Router()
    router.get('/health', publicRoute('load balancer'), handler)
    const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
    assertCovered(router)
    const written = write.mock.calls.map(([text]) => text)
    write.mockRestore()
    expect(written).toEqual([
      'iamkit  route coverage\n  GET,HEAD /health  public  "load balancer"\n',
    ])
  })

  it('refuses a regular expression of which a newer router binds nothing', () => {
    const router = new newest.Router()
    router.get(/^\/(?<folderId>.)$/, can('docs:ListDocuments'), handler)
    expect(cover(router).error).toMatchObject({
      message:
        'invalid route `GET,HEAD /^\\/(?<folderId>.)$/`: `docs:ListDocuments` needs `:folderId`: ' +
        'bind it in the path, or add `arn`',
    })
  })

  it.each([{}, null, undefined, 'app', () => {}, { middleware: 7 }])(
    'refuses what is no app: %o',
    (thing) => {
      expect(() => assertCovered(thing as never)).toThrow('not a Koa app or router')
    },
  )

  it('sees marks of another copy of the package', async () => {
    const copy = (await import('../src/iam.js?copy' as '../src/iam.js')).guard(iam)
    expect(copy.can).not.toBe(can)
    const router = new newest.Router()
    router.get('/x', copy.can('docs:ReadStatus'), handler)
    expect(openRoutes(router)).toEqual([])
  })
})

describe('can, publicRoute and unguarded', () => {
  it('refuse to start without an action or a reason', () => {
    expect(() => can('docs:Nothing' as 'docs:ReadStatus')).toThrow('no such action')
    expect(() => publicRoute(' ')).toThrow('say why')
    expect(() => unguarded('', handler)).toThrow('say why')
  })

  it('refuse what types would: no reason, no handler, options that there are not', () => {
    expect(() => publicRoute(undefined as never)).toThrow('invalid route `public`: say why')
    expect(() => unguarded(handler as never, handler)).toThrow('invalid route `unguarded`: say why')
    expect(() => unguarded('counts calls', undefined as never)).toThrow('no function')
    expect(() => guard(iam).covered(new newest.Router() as never)).toThrow(
      'not a Koa app; a router is used as',
    )
    expect(() => guard(iam, { notfound: handler } as never)).toThrow(
      'invalid option `notfound`: is no option of `guard`; there are notFound',
    )
    expect(() => assertCovered(new newest.Router(), console.log as never)).toThrow(
      '`options`: must be an object',
    )
    expect(() => (errors as (odd: object) => unknown)({ explain: true })).toThrow(
      'call it: `app.use(errors())`',
    )
  })
})
