import type { RouteTable } from '@iamkit/http'
import { Hono } from 'hono'
import { afterEach, describe, expect, it } from 'vitest'
import { accessOf, guard } from '../src/index.js'
import { nodeConnection } from '../src/node.js'
import { createDocsIam, type Docs, documentTags, loadDocument } from './docs.js'
import { listen, type Server, send } from './server.js'

const { iam } = createDocsIam()
const { can, protect, errors, assertCovered } = guard(iam, { connection: nodeConnection })

let server: Server | undefined
afterEach(() => server?.close())

const DOCUMENT = '/folders/:folderId/documents/:documentId'
const table: RouteTable<Docs> = {
  [`GET ${DOCUMENT}`]: { action: 'docs:GetDocument', resource: loadDocument },
  [`DELETE ${DOCUMENT}`]: { action: 'docs:DeleteDocument', resource: loadDocument },
  [`PUT ${DOCUMENT}`]: {
    action: 'docs:CreateDocument',
    requestTags: documentTags,
    context: ({ body }) => ({ 'docs:Classification': (body as { c?: string } | undefined)?.c }),
  },
  'ALL /folders/:folderId': { GET: 'docs:ListDocuments' },
  'GET /health': { public: 'load balancer' },
}

async function start(): Promise<{ ran: string[]; port: number }> {
  const ran: string[] = []
  const runs = (name: string) => () => {
    ran.push(name)
    return new Response(name)
  }
  const api = new Hono()
  protect(api, table)
  api.get('/folders/:f/documents/:d', runs('get'))
  api.delete('/folders/:f/documents/:d', runs('delete'))
  api.put('/folders/:f/documents/:d', (c) => {
    ran.push(`put ${accessOf(c).requestTags.team}`)
    return c.text('put')
  })
  api.all('/folders/:folder', runs('all'))
  api.get('/health', runs('health'))
  const app = new Hono()
  app.route('/v1', api)
  app.onError(errors())
  assertCovered(app, { print: () => {} })
  server = await listen(app)
  return { ran, port: server.port }
}

describe('protect', () => {
  it('lets Hono match the rows, in every spelling that it takes', async () => {
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
    ]
    for (const spelling of spellings) {
      for (const method of ['GET', 'HEAD', 'DELETE']) {
        await send(port, [`${method} ${spelling} HTTP/1.1`])
        await send(port, [`${method} ${spelling} HTTP/1.1`, 'Authorization: Bearer bob'])
      }
    }
    expect(ran).toEqual([])
    await send(port, [`HEAD ${path} HTTP/1.1`, 'Authorization: Bearer ann'])
    expect(ran).toEqual(['get'])
  })

  it('reads the body for a row that declares tags', async () => {
    const { ran, port } = await start()
    const put = (name: string) => {
      const body = '{"tags":{"team":"eng"}}'
      const lines = ['PUT /v1/folders/f1/documents/d1 HTTP/1.1', `Authorization: Bearer ${name}`]
      return send(port, [...lines, `Content-Length: ${body.length}`], body)
    }
    expect((await put('bob')).status).toBe(403)
    expect((await put('ann')).status).toBe(200)
    expect(ran).toEqual(['put eng'])
  })

  it('refuses a row that Hono would never match', () => {
    expect(() => protect(new Hono(), { 'HEAD /x': 'docs:ReadStatus' })).toThrow(
      'invalid route `HEAD /x`: Hono answers HEAD by the route of GET',
    )
  })
})

describe('`/docs/:id` vs `/docs/latest` in both orders: action checked = handler run', () => {
  const routes = [
    ['/docs/:documentId', 'docs:GetDocument', 'id'],
    ['/docs/latest', 'docs:ReadStatus', 'latest'],
  ] as const

  it.each([
    [routes, 'docs:GetDocument id'],
    [[...routes].reverse(), 'docs:ReadStatus latest'],
  ])('%#', async (ordered, expected) => {
    const app = new Hono()
    for (const [path, action, name] of ordered) {
      const arn = () => 'arn:aws:docs::acme:folder/f/document/d'
      const guarded = action === 'docs:GetDocument' ? can(action, { arn }) : can('docs:ReadStatus')
      app.get(path, guarded as never, (c) =>
        c.text(`${accessOf(c).decision.request.action} ${name}`),
      )
    }
    server = await listen(app)
    const reply = await send(server.port, [
      'GET /docs/latest HTTP/1.1',
      'Authorization: Bearer adm',
    ])
    expect(reply.body).toBe(expected)
  })
})
