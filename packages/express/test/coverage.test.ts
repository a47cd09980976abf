import express, { type Express } from 'express'
import { describe, expect, it, vi } from 'vitest'
import { guard } from '../src/index.js'
import { createDocsIam, documentTags } from './docs.js'
import { FRAMEWORKS, oldRouter, onError } from './server.js'

const { iam } = createDocsIam()
const { can, publicRoute, unguarded, errors, assertCovered } = guard(iam)
const handler: express.RequestHandler = (_req, res) => {
  res.send('ok')
}

/** The table and what was thrown. */
function cover(app: Express | express.Router): { table: string; error: unknown } {
  let table = ''
  try {
    assertCovered(app, { print: (text) => (table = text) })
    return { table, error: undefined }
  } catch (error) {
    return { table, error }
  }
}

function openRoutes(build: (app: Express) => void, create = express): readonly string[] {
  const app = create()
  build(app)
  const { error } = cover(app)
  if (error === undefined) return []
  expect(error).toMatchObject({ name: 'CoverageError', code: 'ERR_ROUTE_UNGUARDED' })
  return (error as { routes: readonly string[] }).routes
}

describe('assertCovered', () => {
  it('prints the routes of an app as its author wrote them', () => {
    const app = express()
    const api = express.Router({ mergeParams: true })
    api.get('/folders/:folderId/documents', can('docs:ListDocuments'), handler)
    api.put(
      '/folders/:folderId/documents/:documentId',
      express.json(),
      can('docs:CreateDocument', { requestTags: documentTags, context: () => ({}) }),
      handler,
    )
    app.use(express.json())
    app.get('/health', publicRoute('load balancer'), handler)
    app.use('/v1/:account', api)
    app.use(errors())
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

  it('prints to standard output if nobody else wants the table', () => {
    const app = express()
    app.get('/health', publicRoute('load balancer'), handler)
    const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
    assertCovered(app)
    const written = write.mock.calls.map(([text]) => text)
    write.mockRestore()
    expect(written).toEqual([
      'iamkit  route coverage\n  GET,HEAD /health  public  "load balancer"\n',
    ])
  })

  it('names every route without a guard', () => {
    const app = express()
    app.get('/export', handler)
    app.post('/import', express.json(), handler)
    app.get('/status', can('docs:ReadStatus'), handler)
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

  it.each(FRAMEWORKS)(
    'finds routes in routers within routers on Express %s',
    (_version, create) => {
      const open = openRoutes((app) => {
        const inner = create.Router()
        const outer = create.Router()
        inner.get('/deep', handler)
        inner.get('/fine', can('docs:ReadStatus'), handler)
        outer.use('/inner', inner)
        app.use('/outer', outer)
      }, create)
      expect(open).toHaveLength(1)
      expect(open[0]).toContain('/deep')
    },
  )

  it('says plainly that a mount’s path is not known', () => {
    const open = openRoutes((app) => {
      const inner = oldRouter()
      const outer = oldRouter()
      inner.get('/deep', handler)
      outer.use('/inner', inner)
      outer.get('/shallow', handler)
      app.use('/outer', outer)
    })
    expect(open).toEqual(['GET,HEAD /outer/…/deep', 'GET,HEAD /outer/shallow'])
  })

  it.each<[string, (app: Express) => void, readonly string[]]>([
    [
      'a handler before the guard',
      (app) => app.get('/x', handler, can('docs:ReadStatus')),
      ['GET,HEAD /x'],
    ],
    [
      'a guard on one method of two',
      (app) => app.route('/x').get(can('docs:ReadStatus'), handler).post(handler),
      ['POST /x'],
    ],
    [
      'a handler for every method before the guard',
      (app) => app.route('/x').all(handler).get(can('docs:ReadStatus'), handler),
      ['* /x', 'GET,HEAD /x'],
    ],
    ['a route for every method', (app) => app.all('/x', handler), ['* /x']],
    [
      'an error handler that could let a refusal pass',
      (app) =>
        app.get(
          '/x',
          can('docs:ReadStatus'),
          onError((_error, _res, next) => next()),
          handler,
        ),
      ['GET,HEAD /x'],
    ],
    ['static files', (app) => app.use('/static', express.static('public')), ['* /static']],
    ['static files at the root', (app) => app.use(express.static('public')), ['* /']],
    ['a mounted app', (app) => app.use('/admin', express()), ['* /admin']],
    ['a mounted app at the root', (app) => app.use(express()), ['* /']],
    ['a handler mounted at a path', (app) => app.use('/graphql', handler), ['* /graphql']],
    [
      'a guard that is only on `use`',
      (app) => {
        app.use('/x', can('docs:ReadStatus'))
        app.get('/x', handler)
      },
      ['GET,HEAD /x'],
    ],
    [
      'a handler that calls itself a parser’s kin',
      (app) =>
        app.get('/x', function jsonParserX(_q, s) {
          s.end()
        }),
      ['GET,HEAD /x'],
    ],
    ['a regular expression', (app) => app.get(/^\/x/, handler), ['GET,HEAD /^\\/x/']],
    ['several paths', (app) => app.get(['/x', '/y'], handler), ['GET,HEAD /x | /y']],
    ['an unusual method', (app) => app.search('/x', handler), ['SEARCH /x']],
  ])('finds %s', (_title, build, expected) => {
    expect(openRoutes(build)).toEqual(expected)
  })

  it.each<[string, (app: Express) => void]>([
    ['a guard for every method', (app) => app.all('/x', can('docs:ReadStatus'), handler)],
    [
      'a guard for every method before each handler',
      (app) => app.route('/x').all(can('docs:ReadStatus')).get(handler).post(handler),
    ],
    [
      'parsers before the guard',
      (app) =>
        app.post(
          '/x',
          express.json(),
          express.urlencoded(),
          express.raw(),
          express.text(),
          can('docs:ReadStatus'),
          handler,
        ),
    ],
    [
      'a handler that says why it may stand first',
      (app) => app.get('/x', unguarded('counts calls', handler), can('docs:ReadStatus'), handler),
    ],
    ['middleware for all paths', (app) => app.use((_req, _res, next) => next())],
    ['an error handler at a path', (app) => app.use('/x', errors())],
    ['a parser at a path', (app) => app.use('/x', express.json())],
    [
      'static files that say why',
      (app) => app.use('/static', publicRoute('the web page', express.static('public'))),
    ],
    ['other middleware at a path', (app) => app.use('/x', unguarded('adds a header', handler))],
  ])('is content with %s', (_title, build) => {
    expect(
      openRoutes((app) => {
        build(app)
        app.get('/health', publicRoute('probe'), handler)
      }),
    ).toEqual([])
  })

  it('proves nothing of an app that has no route yet', () => {
    expect(cover(express()).error).toMatchObject({ code: 'ERR_ROUTE_INVALID' })
  })

  it('looks into a router by itself', () => {
    const router = express.Router()
    router.get('/x', handler)
    expect(cover(router).error).toMatchObject({ routes: ['GET,HEAD /x'] })
  })

  it('ends where a router is mounted in itself', () => {
    expect(
      openRoutes((app) => {
        const router = express.Router()
        router.get('/x', handler)
        router.use('/again', router)
        app.use(router)
      }),
    ).toEqual(['GET,HEAD /x'])
  })

  it('refuses what is no app', () => {
    expect(() => assertCovered({} as Express)).toThrow('not an Express 5 app or router')
  })

  it('sees marks of another copy of the package', async () => {
    const copy = (await import('../src/iam.js?copy' as '../src/iam.js')).guard(iam)
    expect(copy.can).not.toBe(can)
    expect(openRoutes((app) => app.get('/x', copy.can('docs:ReadStatus'), handler))).toEqual([])
  })
})

describe('assertCovered, of the names in a path', () => {
  const broken = (build: (app: Express) => void) => {
    const app = express()
    build(app)
    return cover(app).error
  }
  const get = 'docs:GetDocument'

  it.each<[string, (app: Express) => void]>([
    [
      'one has another name',
      (app) => app.get('/folders/:folderId/documents/:id' as string, can(get), handler),
    ],
    [
      'a mount binds one that its router does not merge',
      (app) => {
        const router = express.Router()
        router.get('/documents/:documentId' as string, can(get), handler)
        app.use('/folders/:folderId', router)
      },
    ],
    [
      'one is optional',
      (app) => app.get('/folders/:folderId{/:documentId}' as string, can(get), handler),
    ],
    [
      'one is a wildcard',
      (app) => app.get('/folders/:folderId/*documentId' as string, can(get), handler),
    ],
    [
      'one of several paths lacks it',
      (app) => app.get(['/:folderId/:documentId', '/:folderId'], can(get), handler),
    ],
    ['a guard stands on `use`', (app) => app.use('/:folderId/:documentId', can(get))],
  ])('refuses an ARN that cannot be filled because %s', (_title, build) => {
    expect(broken(build)).toMatchObject({ name: 'RouteError', code: 'ERR_ROUTE_INVALID' })
  })

  it.each<[string, (app: Express) => void]>([
    [
      'a mount binds it and its router merges',
      (app) => {
        const router = express.Router({ mergeParams: true })
        router.get('/documents/:documentId', can(get, { parentParams: ['folderId'] }), handler)
        app.use('/folders/:folderId', router)
      },
    ],
    [
      'the ARN comes from elsewhere',
      (app) =>
        app.get(
          '/d/:id',
          can(get, { arn: () => 'arn:aws:docs::acme:folder/f/document/d' }),
          handler,
        ),
    ],
    [
      'every one of several paths binds it',
      (app) => app.get(['/:folderId/:documentId', '/x/:documentId/:folderId'], can(get), handler),
    ],
    [
      'nobody can tell from a regular expression',
      (app) => app.get(/^\/(?<folderId>.)(?<documentId>.)$/, can(get), handler),
    ],
    [
      'nobody can tell from an unknown mount',
      (app) => {
        const router = oldRouter({ mergeParams: true })
        const outer = oldRouter()
        router.get('/:documentId' as string, can(get), handler)
        outer.use('/:folderId', router)
        app.use(outer)
      },
    ],
  ])('is content where %s', (_title, build) => {
    expect(broken(build)).toBeUndefined()
  })

  it('says what to do about it', () => {
    expect(broken((app) => app.get('/documents/:id' as string, can(get), handler))).toMatchObject({
      message:
        'invalid route `GET,HEAD /documents/:id`: `docs:GetDocument` needs `:folderId`, `:documentId`: ' +
        'bind it in the path, or add `arn`',
    })
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
    expect(() => guard(iam).covered(express.Router() as never)).toThrow(
      'not an Express app; a router is mounted as it is',
    )
    expect(() => guard(iam, { notfound: handler } as never)).toThrow(
      'invalid option `notfound`: is no option of `guard`; there are notFound',
    )
    expect(() => assertCovered(express(), console.log as never)).toThrow(
      '`options`: must be an object',
    )
    expect(() => (errors as (odd: object) => unknown)({ explain: true })).toThrow(
      'call it: `app.use(errors())`',
    )
  })
})
