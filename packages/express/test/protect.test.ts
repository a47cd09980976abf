import type { RouteTable } from '@iamkit/http'
import { fromOpenApi } from '@iamkit/http'
import express, { type Express, type RequestHandler, type Router } from 'express'
import { afterEach, describe, expect, it } from 'vitest'
import { accessOf, guard } from '../src/index.js'
import { createDocsIam, type Docs, loadDocument } from './docs.js'
import { FRAMEWORKS, listen, onError, type Server, send } from './server.js'

const { iam } = createDocsIam()
const { can, protect, publicRoute, unguarded, covered, errors, assertCovered } = guard(iam)
const handler: RequestHandler = (_req, res) => {
  res.send('ok')
}

let server: Server | undefined
afterEach(() => server?.close())

const DOCUMENT = '/folders/:folderId/documents/:documentId'
const table: RouteTable<Docs> = {
  [`GET ${DOCUMENT}`]: { action: 'docs:GetDocument', resource: loadDocument },
  [`DELETE ${DOCUMENT}`]: { action: 'docs:DeleteDocument', resource: loadDocument },
  'ALL /folders/:folderId': { GET: 'docs:ListDocuments' },
  'GET /health': { public: 'load balancer' },
}

/** What is open, and the table. */
function cover(app: Express | Router): { open: readonly string[]; text: string } {
  let text = ''
  try {
    assertCovered(app, { print: (printed) => (text = printed) })
    return { open: [], text }
  } catch (error) {
    return { open: (error as { routes?: readonly string[] }).routes ?? [String(error)], text }
  }
}

const ROUTING = FRAMEWORKS.flatMap(([version, create]) =>
  [false, true].map((strict) => ({ version, create, strict })),
)

describe.each(ROUTING)('protect on Express $version (strict: $strict)', ({ create, strict }) => {
  async function start() {
    const ran: string[] = []
    const runs =
      (name: string): RequestHandler =>
      (req, res) => {
        ran.push(name)
        res.send(name)
        return req
      }
    const app = create()
    const api = create.Router({ caseSensitive: strict, strict })
    protect(api, table)
    api.get('/folders/:f/documents/:d', runs('get'))
    api.delete('/folders/:f/documents/:d', runs('delete'))
    api.all('/folders/:folder', runs('all'))
    api.get('/health', runs('health'))
    app.use('/v1', api)
    app.use(errors())
    expect(cover(app).open).toEqual([])
    server = await listen(app)
    return { ran, port: server.port }
  }

  it('lets Express match the rows, in every spelling that it takes', async () => {
    const { ran, port } = await start()
    const path = '/v1/folders/f1/documents/d1'
    const spellings = [
      path,
      `${path}/`,
      path.toUpperCase(),
      `${path}?x=1`,
      `http://evil.example${path}`,
    ]
    for (const spelling of [
      ...spellings,
      `/${path}`,
      `${path};x`,
      '/v1/%66olders/f1/documents/d1',
    ]) {
      for (const method of ['GET', 'HEAD', 'DELETE']) {
        await send(port, [`${method} ${spelling} HTTP/1.1`])
        await send(port, [`${method} ${spelling} HTTP/1.1`, 'Authorization: Bearer bob'])
      }
    }
    expect(ran).toEqual([])
    await send(port, [`GET ${path} HTTP/1.1`, 'Authorization: Bearer ann'])
    expect(ran).toEqual(['get'])
  })
})

describe('`/docs/:id` vs `/docs/latest` in both orders: action checked = handler run', () => {
  const inline = [
    ['/docs/:documentId', 'docs:GetDocument', 'id'],
    ['/docs/latest', 'docs:ReadStatus', 'latest'],
  ] as const

  it.each([
    [inline, 'docs:GetDocument id'],
    [[...inline].reverse(), 'docs:ReadStatus latest'],
  ])('inline %#', async (routes, expected) => {
    const app = express()
    for (const [path, action, name] of routes) {
      const arn = { arn: () => 'arn:aws:docs::acme:folder/f1/document/latest' }
      const route =
        action === 'docs:GetDocument'
          ? can(action, { ...arn, resource: loadDocument })
          : can(action)
      app.get(path as string, route, (req, res) => {
        res.send(`${accessOf(req).decision.request.action} ${name}`)
      })
    }
    server = await listen(app)
    const reply = await send(server.port, [
      'GET /docs/latest HTTP/1.1',
      'Authorization: Bearer ann',
    ])
    expect(reply.body).toBe(expected)
  })

  it.each([
    ['the wider row first', ['GET /docs/:x', 'GET /docs/latest']],
    ['the narrower row first', ['GET /docs/latest', 'GET /docs/:x']],
  ])('in a table, with %s, needs both to allow', async (_title, names) => {
    const rows: Record<string, RouteTable<Docs>[string]> = {
      'GET /docs/:x': 'docs:ReadStatus',
      'GET /docs/latest': {
        action: 'docs:GetDocument',
        arn: () => 'arn:aws:docs::acme:folder/f1/document/d1',
        resource: () => ({ value: 1, tags: { team: 'eng' } }),
      },
    }
    const ran: string[] = []
    const app = express()
    protect(app, Object.fromEntries(names.map((name) => [name, rows[name] ?? 'docs:ReadStatus'])))
    app.get('/docs/:id', (req, res) => {
      ran.push(String(req.params.id))
      res.end()
    })
    app.use(errors())
    server = await listen(app)
    const ask = (target: string, name: string) =>
      send(server?.port ?? 0, [`GET ${target} HTTP/1.1`, `Authorization: Bearer ${name}`])
    // Bob may read the status, and so `/docs/x`; the document `latest` is of Ann's team.
    await ask('/docs/latest', 'bob')
    expect(ran).toEqual([])
    await ask('/docs/x', 'bob')
    await ask('/docs/latest', 'ann')
    expect(ran).toEqual(['x', 'latest'])
  })
})

describe('assertCovered, of a table', () => {
  it('shows what the rows say', () => {
    const app = express()
    app.use(express.json())
    protect(app, table)
    app.get('/folders/:a/documents/:b', handler).delete('/folders/:a/documents/:b', handler)
    app.all('/folders/:x', handler)
    app.get('/health', handler)
    app.use(errors())
    expect(cover(app)).toEqual({
      open: [],
      text: [
        'iamkit  route coverage',
        '  GET,HEAD /folders/:a/documents/:b  docs:GetDocument',
        '  DELETE   /folders/:a/documents/:b  docs:DeleteDocument',
        '  *        /folders/:x               GET docs:ListDocuments',
        '  GET,HEAD /health                   public  "load balancer"',
      ].join('\n'),
    })
  })

  const rewrite: RequestHandler = (req, _res, next) => {
    req.url = '/folders/f1/documents/d1'
    next()
  }
  const swallow = onError((_error, _res, next) => next())

  it.each<[string, (app: Express) => void, readonly string[]]>([
    ['a method without a row', (app) => app.post(DOCUMENT, handler), [`POST ${DOCUMENT}`]],
    ['a path without a row', (app) => app.get('/export', handler), ['GET,HEAD /export']],
    [
      'another spelling',
      (app) => app.get('/Folders/:a/documents/:b', handler),
      ['GET,HEAD /Folders/:a/documents/:b'],
    ],
    ['a longer path', (app) => app.get(`${DOCUMENT}/x`, handler), [`GET,HEAD ${DOCUMENT}/x`]],
    [
      'every method',
      (app) => app.use(express.Router()).route(DOCUMENT).all(handler),
      [`* ${DOCUMENT}`],
    ],
    [
      'one of two paths',
      (app) => app.get([DOCUMENT, '/x'], handler),
      [`GET,HEAD ${DOCUMENT} | /x`],
    ],
    ['a regular expression', (app) => app.get(/^\/folders/, handler), ['GET,HEAD /^\\/folders/']],
    ['a mount', (app) => app.use('/folders/:folderId', handler), ['* /folders/:folderId']],
    [
      'a wildcard',
      (app) => app.get('/folders/*folderId/documents/:documentId', handler),
      ['GET,HEAD /folders/*folderId/documents/:documentId'],
    ],
    [
      'the same path in a mounted router',
      (app) => {
        const router = express.Router()
        router.get('/documents/:documentId', handler)
        app.use('/folders/:folderId', router)
      },
      ['GET,HEAD /folders/:folderId/documents/:documentId'],
    ],
    [
      'what stands behind middleware',
      (app) => app.use(rewrite).get(DOCUMENT, handler),
      [`GET,HEAD ${DOCUMENT}`],
    ],
    [
      'what stands behind an error handler',
      (app) => app.use(swallow).get(DOCUMENT, handler),
      [`GET,HEAD ${DOCUMENT}`],
    ],
    [
      'what stands behind a router with middleware',
      (app) => app.use(express.Router().use(rewrite)).get(DOCUMENT, handler),
      [`GET,HEAD ${DOCUMENT}`],
    ],
  ])('does not take a row for %s', (_title, build, open) => {
    const app = express()
    protect(app, table)
    build(app)
    expect(cover(app).open).toEqual(open)
  })

  it('does not take a row for a route before it', () => {
    const app = express()
    app.get('/health', handler)
    protect(app, table)
    expect(cover(app).open).toEqual(['GET,HEAD /health'])
  })

  it.each<[string, RequestHandler | Router]>([
    ['a body parser', express.json()],
    ['a handler that says why', unguarded('counts', handler)],
    ['a public one', publicRoute('why', handler)],
    ['a router without middleware', express.Router().get('/x', can('docs:ReadStatus'))],
  ])('takes a row for a route behind %s', (_title, between) => {
    const app = express()
    protect(app, table)
    app.use(between)
    app.get('/health', handler)
    expect(cover(app).open).toEqual([])
  })

  it('runs no handler that a refusal was swallowed before, though nobody asked for coverage', async () => {
    const ran: string[] = []
    const app = express()
    protect(app, table)
    app.get(DOCUMENT, () => ran.push('get'))
    app.use(swallow)
    server = await listen(app)
    await send(server.port, ['GET /folders/f1/documents/d1 HTTP/1.1'])
    expect(ran).toEqual([])
  })

  it('shows a row that no route uses', () => {
    const app = express()
    protect(app, { 'GET /x': 'docs:ReadStatus' })
    expect(cover(app).text).toContain('/x  docs:ReadStatus  (no route of this router)')
  })

  it('refuses a row whose path cannot fill the ARN', () => {
    const app = express()
    protect(app, { 'GET /:id': 'docs:GetDocument' })
    app.get('/:id', handler)
    expect(cover(app).open.join()).toContain('needs `:folderId`, `:documentId`')
  })

  it('refuses a method that Express does not have, and installs nothing', () => {
    const app = express.Router()
    expect(() =>
      protect(app, { 'GET /x': 'docs:ReadStatus', 'USE /x': 'docs:ReadStatus' }),
    ).toThrow('Express has no such method')
    expect(app.stack).toHaveLength(0)
  })

  it('takes a table out of an OpenAPI document', () => {
    const router = express.Router()
    const document = {
      paths: {
        '/folders/{folderId}': { get: { 'x-iam': { action: 'docs:ListDocuments' } } },
      },
    }
    protect(router, fromOpenApi(document))
    router.get('/folders/:folderId', handler)
    expect(cover(router).open).toEqual([])
  })
})

describe('covered', () => {
  it.each(FRAMEWORKS)(
    'lets an app be looked into, and mounts it as Express %s does',
    async (_v, create) => {
      const inner = create()
      inner.get('/status', can('docs:ReadStatus'), (req, res, next) => {
        if (req.query.pass !== undefined) return next()
        res.json([
          req.baseUrl,
          req.path,
          inner.mountpath,
          req.app === inner,
          inner.get('trust proxy'),
        ])
      })
      const outer = create()
      outer.set('trust proxy', 7)
      outer.use('/admin', covered(inner))
      outer.use(
        '/admin',
        publicRoute('what the inner app has passed on', (req, res) => {
          res.json([req.baseUrl, req.app === outer])
        }),
      )
      outer.use(errors())
      expect(cover(outer)).toMatchObject({
        open: [],
        text: expect.stringContaining('/status'),
      })
      server = await listen(outer)
      const ask = async (query: string) =>
        (
          await send(server?.port ?? 0, [
            `GET /admin/status${query} HTTP/1.1`,
            'Authorization: Bearer ann',
          ])
        ).body
      expect(JSON.parse(await ask(''))).toEqual(['/admin', '/status', '/admin', true, 7])
      expect(JSON.parse(await ask('?pass'))).toEqual(['/admin', true])
    },
  )

  it('finds what is open in the app', () => {
    const inner = express()
    inner.get('/open', handler)
    const app = express()
    app.use('/admin', covered(inner))
    expect(cover(app).open).toEqual(['GET,HEAD /admin/open'])
  })
})
