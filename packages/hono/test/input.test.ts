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
  it('is decoded once, and names one thing', async () => {
    await put('/folders/f1/documents/a%20b', '{}')
    expect(ran).toEqual([
      { resource: 'arn:aws:docs::acme:folder/f1/document/a b', requestTags: {} },
    ])
  })

  it.each([
    'a%2Fb',
    '..%2f..%2fadmin',
    'd1%2f',
    '%5c..%5c',
    '*',
    'd*',
    '%2a',
    '%3F',
    '$%7Baws:username%7D',
    '%7b%7d',
    'a%00b',
    'a%0ab',
    'a:b',
    'a%3ab',
    '%252F',
    '%252e%252e',
    'a%5cb',
    'd'.repeat(1024),
    '%ed%a0%80',
    '%ZZ',
    '%',
  ])('is refused with 400 as `%s`', async (value) => {
    for (const target of [`/folders/f1/documents/${value}`, `/folders/${value}/documents/d1`]) {
      const reply = await put(target, '{}')
      expect([reply.status, ran]).toEqual([400, []])
    }
    expect(faults).toEqual([])
  })

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

  it('are what the extractor finds, and nothing else', async () => {
    await put(`${target}?tags[team]=ops`, '{"tags":{"team":"eng"},"RequestTag":{"team":"ops"}}')
    expect(ran).toMatchObject([{ requestTags: { team: 'eng' } }])
  })

  it.each([
    '{"tags":["team"]}',
    '{"tags":"team=eng"}',
    '{"tags":7}',
    '{"tags":true}',
    '{"tags":{"team":["eng"]}}',
    '{"tags":{"team":{"$ne":""}}}',
    '{"tags":{"team":null}}',
    '{"tags":{"team":7}}',
    '{"tags":{"__proto__":"eng"}}',
    '{"tags":{"__proto__":{"team":"eng"}}}',
    '{"tags":{"constructor":"eng"}}',
    '{"tags":{"prototype":"eng"}}',
    '{"tags":{"":"eng"}}',
    '{"tags":{"team":"eng","TEAM":"ops"}}',
    `{"tags":{"team":"${'e'.repeat(257)}"}}`,
    `{"tags":{"${'k'.repeat(129)}":"eng"}}`,
    '{"classification":["secret"]}',
    '{"classification":{"toString":"secret"}}',
    '{"classification":7}',
    '{"tags":',
  ])('are refused with 400 as %s', async (body) => {
    const reply = await put(target, body)
    expect([reply.status, ran, faults]).toEqual([400, [], []])
  })

  it.each(['tags[team][]=eng', 'tags[]=eng', 'tags[team]=eng&tags[team]=ops', 'tags=a&tags=b'])(
    'are refused with 400 from the form `%s`',
    async (body) => {
      const reply = await put(target, body, 'application/x-www-form-urlencoded')
      expect([reply.status, ran]).toEqual([400, []])
    },
  )

  it('are those of the body, whatever the body says it is', async () => {
    await put(target, '{"tags":{"team":"eng"}}', 'text/plain')
    expect(ran).toMatchObject([{ requestTags: { team: 'eng' } }])
  })

  it('are none where there is no body', async () => {
    const reply = await put(target, '')
    expect([reply.status, ran]).toMatchObject([201, [{ requestTags: {} }]])
  })

  it('are not looked for in a body that is too long', async () => {
    const reply = await put(target, JSON.stringify({ tags: {}, text: 'x'.repeat(102_400) }))
    expect([reply.status, ran]).toEqual([413, []])
  })
})
