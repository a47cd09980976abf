import { bodyParser } from '@koa/bodyparser'
import Router from '@koa/router'
import fc from 'fast-check'
import Koa from 'koa'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { accessOf, guard } from '../src/index.js'
import { createDocsIam, documentTags } from './docs.js'
import { FRAMEWORKS, listen, type Server, send } from './server.js'

const { iam, faults } = createDocsIam()
const { can, errors, assertCovered } = guard(iam)
const ran: unknown[] = []
let server: Server

beforeAll(async () => {
  const app = new Koa()
  const router = new Router()
  app.use(errors())
  router.put(
    '/folders/:folderId/documents/:documentId',
    bodyParser(),
    can('docs:CreateDocument', {
      requestTags: documentTags,
      context: ({ body }) => ({
        'docs:Classification': (body as Record<string, string> | undefined)?.classification,
      }),
    }),
    (ctx) => {
      const { decision, requestTags } = accessOf(ctx)
      ran.push({ resource: decision.request.resource, requestTags })
      ctx.status = 201
    },
  )
  router.get(
    '/files/*path',
    can('docs:GetDocument', { arn: ({ params }) => `arn:aws:docs::acme:${params.path}` }),
    (ctx) => {
      ran.push('files')
      ctx.body = 'files'
    },
  )
  app.use(router.routes())
  assertCovered(app, { print: () => {} })
  server = await listen(app)
})
beforeEach(() => {
  ran.length = 0
  faults.length = 0
})
afterAll(() => server.close())

async function put(target: string, body: string, type = 'application/json') {
  return send(
    server.port,
    [
      `PUT ${target} HTTP/1.1`,
      'Authorization: Bearer adm',
      `Content-Type: ${type}`,
      `Content-Length: ${Buffer.byteLength(body)}`,
    ],
    body,
  )
}

describe('a path parameter', () => {
  it.each([
    ['/one/f1', 200],
    ['/one/f1/f2', 400],
    ['/one/f1%2Ff2', 400],
    ['/one/', 404],
    ['/one//', 400],
    ['/one/%2e%2e', 400],
    ['/one/f1/%ZZ', 400],
  ])('is refused where a wildcard has joined several: `%s` is %i', async (target, status) => {
    const app = new Koa()
    const router = new Router()
    router.get('/one/*folderId', can('docs:ListDocuments'), (ctx) => {
      ran.push('one')
      ctx.body = 'one'
    })
    app.use(errors()).use(router.routes())
    const own = await listen(app)
    const reply = await send(own.port, [`GET ${target} HTTP/1.1`, 'Authorization: Bearer adm'])
    await own.close()
    expect([reply.status, ran]).toEqual([status, status === 200 ? ['one'] : []])
  })

  it('reaches no function of the route as a list', async () => {
    const reply = await send(server.port, [
      'GET /files/folder/f1/document/d1 HTTP/1.1',
      'Authorization: Bearer adm',
    ])
    expect([reply.status, ran]).toEqual([500, []])
    expect(faults).toMatchObject([{ action: 'docs:GetDocument' }])
  })
})

const piece = fc.constantFrom('a', 'f1', '.', '..', '/', '%2F', '%2f', '%5C', '%', '%2', '%ZZ')
const other = fc.constantFrom(
  '%25',
  '%252F',
  '*',
  '%3A',
  ':',
  '+',
  '%20',
  '%24%7B',
  '%00',
  '%C3%A4',
  '%C3',
)
const anySegment = fc
  .array(fc.oneof(piece, other), { minLength: 1, maxLength: 5 })
  .map((parts) => parts.join(''))

describe.each(FRAMEWORKS)('the ARN on $version', ({ App, Router: AnyRouter }) => {
  it('has the template’s parts and no other, for every path that reaches a handler', async () => {
    const decided: string[] = []
    const router = new AnyRouter()
    router.get('/folders/:folderId/documents/:documentId', can('docs:GetDocument'), (ctx) => {
      const { resource } = accessOf(ctx as never).decision.request
      decided.push(`${resource} ${ctx.params.folderId} ${ctx.params.documentId}`)
      ctx.body = 'ok'
    })
    const app = new App()
    app.use(errors()).use(router.routes())
    const own = await listen(app)
    const property = fc.asyncProperty(anySegment, anySegment, async (folder, document) => {
      decided.length = 0
      const target = `/folders/${folder}/documents/${document}`
      const reply = await send(own.port, [`GET ${target} HTTP/1.1`, 'Authorization: Bearer adm'])
      expect([200, 400, 404]).toContain(reply.status)
      expect(decided.length).toBe(reply.status === 200 ? 1 : 0)
      for (const line of decided) {
        expect(line).toMatch(
          /^arn:aws:docs::acme:folder\/([^/:*?$\\]+)\/document\/([^/:*?$\\]+) \1 \2$/,
        )
      }
    })
    await fc.assert(property)
    await own.close()
  })
})

describe('the tags of a request', () => {
  const target = '/folders/f1/documents/d1'

  it.each(['tags[team][]=eng', 'tags[]=eng', 'tags[team]=eng&tags[team]=ops', 'tags=a&tags=b'])(
    'are refused with 400 from the form `%s`',
    async (body) => {
      const reply = await put(target, body, 'application/x-www-form-urlencoded')
      expect([reply.status, ran]).toEqual([400, []])
    },
  )
})
