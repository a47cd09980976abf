import type { RouteTable } from '@iamkit/http'
import type { FastifyInstance } from 'fastify'
import { afterEach, describe, expect, it } from 'vitest'
import { accessOf, guard } from '../src/index.js'
import { createDocsIam, type Docs, documentTags, loadDocument } from './docs.js'
import { FRAMEWORKS, listen, send } from './server.js'

const { iam } = createDocsIam()
const { can, protect, errors, assertCovered } = guard(iam)

let running: FastifyInstance | undefined
afterEach(() => running?.close())

const DOCUMENT = '/folders/:folderId/documents/:documentId'
const table: RouteTable<Docs> = {
  [`GET ${DOCUMENT}`]: { action: 'docs:GetDocument', resource: loadDocument },
  [`DELETE ${DOCUMENT}`]: { action: 'docs:DeleteDocument', resource: loadDocument },
  [`PUT ${DOCUMENT}`]: {
    action: 'docs:CreateDocument',
    requestTags: documentTags,
    context: () => ({ 'docs:Classification': 'public' }),
  },
  'ALL /folders/:folderId': { GET: 'docs:ListDocuments' },
  'GET /': 'docs:ReadStatus',
  'GET /health': { public: 'load balancer' },
}

describe.each(FRAMEWORKS)('protect on Fastify %s', (_, fastify) => {
  async function start(): Promise<{ ran: string[]; port: number }> {
    const ran: string[] = []
    const runs = (name: string) => async () => {
      ran.push(name)
      return name
    }
    const app = fastify()
    running = app
    assertCovered(app, { print: () => {} })
    app.setErrorHandler(errors())
    app.register(
      async (api) => {
        protect(api, table)
        api.get('/', runs('root'))
        api.get(DOCUMENT, runs('get'))
        api.delete(DOCUMENT, runs('delete'))
        api.put(DOCUMENT, async (request) => {
          ran.push(`put ${accessOf(request).requestTags.team}`)
          return 'put'
        })
        api.all('/folders/:folderId', runs('all'))
        api.get('/health', runs('health'))
      },
      { prefix: '/v1' },
    )
    return { ran, port: await listen(app) }
  }

  it('lets Fastify match the rows, in every spelling that it takes', async () => {
    const { ran, port } = await start()
    const path = '/v1/folders/f1/documents/d1'
    const spellings = [
      path,
      `${path}/`,
      path.toUpperCase(),
      `${path}?x=1`,
      `http://evil.example${path}`,
      `/${path}`,
      `${path};x`,
      '/v1/%66olders/f1/documents/d1',
      '/v1',
      '/v1/',
    ]
    for (const spelling of spellings) {
      for (const method of ['GET', 'HEAD', 'DELETE']) {
        await send(port, [`${method} ${spelling} HTTP/1.1`])
        if (spelling.length < 5) continue
        await send(port, [`${method} ${spelling} HTTP/1.1`, 'Authorization: Bearer bob'])
      }
    }
    expect(ran).toEqual([])
    await send(port, [`HEAD ${path} HTTP/1.1`, 'Authorization: Bearer ann'])
    await send(port, ['GET /v1/ HTTP/1.1', 'Authorization: Bearer ann'])
    expect(ran).toEqual(['get', 'root'])
  })

  it('decides by the body that Fastify has parsed', async () => {
    const { ran, port } = await start()
    const put = (name: string) => {
      const body = '{"tags":{"team":"eng"}}'
      const type = 'Content-Type: application/json'
      const lines = ['PUT /v1/folders/f1/documents/d1 HTTP/1.1', `Authorization: Bearer ${name}`]
      return send(port, [...lines, type, `Content-Length: ${body.length}`], body)
    }
    expect((await put('bob')).status).toBe(403)
    expect((await put('ann')).status).toBe(200)
    expect(ran).toEqual(['put eng'])
  })

  it.each([false, true])(
    '`/docs/:id` vs `/docs/latest` in both orders: action checked = handler run (%s)',
    async (isReversed) => {
      const app = fastify()
      const arn = () => 'arn:aws:docs::acme:folder/f/document/d'
      const add = [
        () =>
          app.get(
            '/docs/:id',
            { preHandler: can('docs:GetDocument', { arn }) },
            async (request) => `${accessOf(request).decision.request.action} id`,
          ),
        () =>
          app.get(
            '/docs/latest',
            { preHandler: can('docs:ReadStatus') },
            async (request) => `${accessOf(request).decision.request.action} latest`,
          ),
      ]
      for (const one of isReversed ? add.reverse() : add) one()
      const headers = { authorization: 'Bearer adm' }
      expect((await app.inject({ url: '/docs/latest', headers })).body).toBe(
        'docs:ReadStatus latest',
      )
      expect((await app.inject({ url: '/docs/x', headers })).body).toBe('docs:GetDocument id')
    },
  )
})
