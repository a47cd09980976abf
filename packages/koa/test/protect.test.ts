import { fromOpenApi, type RouteTable } from '@iamkit/http'
import { bodyParser } from '@koa/bodyparser'
import Router from '@koa/router'
import Koa, { type Middleware } from 'koa'
import { afterEach, describe, expect, it } from 'vitest'
import { accessOf, type Coverable, guard } from '../src/index.js'
import { createDocsIam, type Docs, loadDocument } from './docs.js'
import { FRAMEWORKS, listen, type Server, send } from './server.js'

const { iam } = createDocsIam()
const { can, protect, unguarded, errors, assertCovered } = guard(iam)
const handler: Middleware = (ctx) => {
  ctx.body = 'ok'
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
function cover(app: Coverable): { open: readonly string[]; text: string } {
  let text = ''
  try {
    assertCovered(app, { print: (printed) => (text = printed) })
    return { open: [], text }
  } catch (error) {
    return { open: (error as { routes?: readonly string[] }).routes ?? [String(error)], text }
  }
}

const ROUTING = FRAMEWORKS.flatMap((framework) =>
  [false, true].map((strict) => ({ ...framework, strict })),
)

describe.each(ROUTING)('protect on $version (strict: $strict)', ({ App, Router, strict }) => {
  async function start() {
    const ran: string[] = []
    const runs =
      (name: string): Middleware =>
      (ctx) => {
        ran.push(name)
        ctx.body = name
      }
    const api = new Router({ prefix: '/v1', sensitive: strict, strict })
    protect(api, table)
    api.get('/folders/:f/documents/:d', runs('get'))
    api.delete('/folders/:f/documents/:d', runs('delete'))
    api.all('/folders/:folder', runs('all'))
    api.get('/health', runs('health'))
    const outer = new Router()
    outer.use(api.routes())
    const app = new App()
    app.use(errors()).use(outer.routes())
    expect(cover(app).open).toEqual([])
    server = await listen(app)
    return { ran, port: server.port }
  }

  it('lets the router match the rows, in every spelling that it takes', async () => {
    const { ran, port } = await start()
    const path = '/v1/folders/f1/documents/d1'
    for (const spelling of [
      path,
      `${path}/`,
      path.toUpperCase(),
      `${path}?x=1`,
      `http://evil.example${path}`,
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
    const router = new Router()
    for (const [path, action, name] of routes) {
      const arn = { arn: () => 'arn:aws:docs::acme:folder/f1/document/latest' }
      const route =
        action === 'docs:GetDocument'
          ? can(action, { ...arn, resource: loadDocument })
          : can(action)
      router.get(name, path, route as Middleware, (ctx) => {
        ctx.body = `${accessOf(ctx as never).decision.request.action} ${name}`
      })
    }
    server = await listen(new Koa().use(router.routes()))
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
    const router = new Router()
    protect(
      router,
      Object.fromEntries(names.map((name) => [name, rows[name] ?? 'docs:ReadStatus'])),
    )
    router.get('/docs/:id', (ctx) => {
      ran.push(String(ctx.params.id))
      ctx.body = ''
    })
    server = await listen(new Koa().use(errors()).use(router.routes()))
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

describe('a row of the table', () => {
  it('decides about the method that the router has matched, whatever middleware makes of it', async () => {
    const ran: string[] = []
    const router = new Router()
    router.use((ctx, next) => {
      ctx.method = ctx.get('x-http-method-override') || ctx.method
      return next()
    })
    protect(router, {
      'ALL /folders/:folderId': {
        GET: 'docs:ListDocuments',
        DELETE: {
          action: 'docs:DeleteDocument',
          arn: () => 'arn:aws:docs::acme:folder/f1/document/theirs',
          resource: () => ({ value: 1, tags: { team: 'ops' } }),
        },
      },
    })
    router.all('/folders/:folderId', (ctx) => {
      ran.push(ctx.method)
      ctx.body = 'all'
    })
    server = await listen(new Koa().use(errors()).use(router.routes()))
    const reply = await send(server.port, [
      'DELETE /folders/f1 HTTP/1.1',
      'Authorization: Bearer ann',
      'X-HTTP-Method-Override: GET',
    ])
    expect([reply.status, ran]).toEqual([403, []])
  })
})

describe('assertCovered, of a table', () => {
  it('shows what the rows say', () => {
    const router = new Router()
    router.use(bodyParser())
    protect(router, table)
    router.get('/folders/:a/documents/:b', handler).delete('/folders/:a/documents/:b', handler)
    router.all('/folders/:x', handler).get('/health', handler)
    expect(cover(new Koa().use(errors()).use(router.routes()))).toEqual({
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

  it.each<[string, (router: Router) => void, readonly string[]]>([
    ['a method without a row', (router) => router.post(DOCUMENT, handler), [`POST ${DOCUMENT}`]],
    ['a path without a row', (router) => router.get('/export', handler), ['GET,HEAD /export']],
    ['a longer path', (router) => router.get(`${DOCUMENT}/x`, handler), [`GET,HEAD ${DOCUMENT}/x`]],
    ['every method', (router) => router.all(DOCUMENT, handler), [`* ${DOCUMENT}`]],
    ['one of two paths', (router) => router.get([DOCUMENT, '/x'], handler), ['GET,HEAD /x']],
    [
      'a regular expression',
      (router) => router.get(/^\/folders/, handler),
      ['GET,HEAD /^\\/folders/'],
    ],
    [
      'a wildcard',
      (router) => router.get('/folders/*folderId/documents/:documentId', handler),
      ['GET,HEAD /folders/*folderId/documents/:documentId'],
    ],
  ])('does not take a row for %s', (_title, build, open) => {
    const router = new Router()
    protect(router, table)
    build(router)
    expect(cover(router).open).toEqual(open)
  })

  it.each(
    FRAMEWORKS.flatMap((framework) =>
      [{ sensitive: true }, { strict: true }].map((options) => ({ ...framework, options })),
    ),
  )('does not take a row that matches less than the route does, on $version: $options', (of) => {
    const narrow = new of.Router(of.options)
    protect(narrow, table)
    const wide = new of.Router()
    wide.get(DOCUMENT, handler)
    const router = new of.Router()
    router.use(narrow.routes()).use(wide.routes())
    expect(cover(router).open).toEqual([`GET,HEAD ${DOCUMENT}`])
  })

  it('does not take a row for a route before it, or in another router', () => {
    const before = new Router()
    before.get('/health', handler)
    protect(before, table)
    expect(cover(before).open).toEqual(['GET,HEAD /health'])
    const other = new Router()
    protect(other, table)
    const router = new Router()
    router.get('/health', handler)
    expect(cover(new Koa().use(other.routes()).use(router.routes())).open).toEqual([
      'GET,HEAD /health',
    ])
  })

  it('takes a row for a route in a router within, and for one behind middleware', () => {
    const router = new Router()
    protect(router, table)
    router.use(unguarded('counts', handler))
    const inner = new Router()
    inner.get('/documents/:documentId', handler)
    router.use('/folders/:folderId', inner.routes())
    expect(cover(router).open).toEqual([])
  })

  it('takes no row behind a handler of `router.param`', () => {
    const router = new Router()
    protect(router, table)
    router.param('documentId', (_id, _ctx, next) => next())
    router.get(DOCUMENT, handler)
    expect(cover(router).open).toContain(`GET,HEAD ${DOCUMENT}`)
  })

  it('shows a row that no route uses, once', () => {
    const router = new Router()
    protect(router, { 'GET /x': 'docs:ReadStatus', 'ALL /y': { PUT: 'docs:ReadStatus' } })
    expect(cover(router).text.split('\n').slice(1)).toEqual([
      '  GET /x  docs:ReadStatus  (no route of this router)',
      '  *   /y  PUT docs:ReadStatus  (no route of this router)',
    ])
  })

  it('refuses a row whose path cannot fill the ARN', () => {
    const router = new Router()
    protect(router, { 'GET /:id': 'docs:GetDocument' })
    router.get('/:id', handler)
    expect(cover(router).open.join()).toContain('needs `:folderId`, `:documentId`')
  })

  it('refuses a method that Koa does not have, and installs nothing', () => {
    const router = new Router()
    expect(() =>
      protect(router, { 'GET /x': 'docs:ReadStatus', 'USE /x': 'docs:ReadStatus' }),
    ).toThrow('Koa has no such method')
    expect(router.stack).toHaveLength(0)
  })

  it.each([{ middleware: [], use: () => {} }, undefined])(
    'refuses what is no router: %s',
    (app) => {
      expect(() => protect(app as never, { 'GET /status': 'docs:ReadStatus' })).toThrow(
        'invalid route `table`: not a router of `@koa/router`',
      )
    },
  )

  it('refuses an exclusive router, which would run the handler alone', () => {
    const router = new Router({ exclusive: true })
    expect(() => protect(router, table)).toThrow('an exclusive router runs one route alone')
    expect(router.stack).toHaveLength(0)
  })

  it('takes no row of a router within an exclusive one', () => {
    const inner = new Router()
    protect(inner, table)
    inner.get('/health', handler)
    const router = new Router({ exclusive: true })
    router.use(inner.routes())
    expect(cover(router).open).toEqual(['GET,HEAD /health'])
  })

  it('takes a table out of an OpenAPI document', () => {
    const router = new Router()
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
