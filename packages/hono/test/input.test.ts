import { Hono } from 'hono'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { accessOf, guard } from '../src/index.js'
import { nodeConnection } from '../src/node.js'
import { createDocsIam, documentTags } from './docs.js'
import { listen, type Server, send } from './server.js'

const { iam, faults } = createDocsIam()
const { can, errors, assertCovered } = guard(iam, { connection: nodeConnection })
const ran: unknown[] = []
let server: Server

beforeAll(async () => {
  const app = new Hono()
  app.put(
    '/folders/:folderId/documents/:documentId',
    can('docs:CreateDocument', {
      requestTags: documentTags,
      context: ({ body }) => ({
        'docs:Classification': (body as Record<string, string> | undefined)?.classification,
      }),
    }),
    (c) => {
      const { decision, requestTags } = accessOf(c)
      ran.push({ resource: decision.request.resource, requestTags })
      return c.body(null, 201)
    },
  )
  app.get(
    '/files/:path{.+}',
    can('docs:GetDocument', { arn: ({ params }) => `arn:aws:docs::acme:${params.path}` }),
    (c) => {
      ran.push('files')
      return c.text('files')
    },
  )
  app.get('/matched/:folderId{.+}', can('docs:ListDocuments'), (c) => {
    ran.push('matched')
    return c.text('matched')
  })
  app.onError(errors())
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
  it.each(['%2e', '%2e%2e', '..'])(
    'is gone from the URL before Hono sees it as `%s`',
    async (value) => {
      const reply = await put(`/folders/f1/documents/${value}`, '{}')
      expect([reply.status, ran]).toEqual([404, []])
    },
  )

  const get = (target: string) =>
    send(server.port, [`GET ${target} HTTP/1.1`, 'Authorization: Bearer adm'])

  it.each(['a/b', 'a%2fb', '%ZZ', 'a/%c0%ae', 'a//b'])(
    'is refused with 400 where its expression takes `%s`',
    async (value) => {
      expect([(await get(`/matched/${value}`)).status, ran]).toEqual([400, []])
    },
  )

  it('reaches the functions of a route with its separators, but with none that was escaped', async () => {
    expect((await get('/files/folder/f1/document/d1')).status).toBe(200)
    expect(ran).toEqual(['files'])
    for (const value of ['folder/f1/document%2fd1', 'folder%2Ff1/document/d1', 'folder/%']) {
      expect((await get(`/files/${value}`)).status).toBe(400)
    }
    expect([ran, faults]).toEqual([['files'], []])
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
