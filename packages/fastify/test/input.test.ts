import fastify from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { accessOf, guard } from '../src/index.js'
import { createDocsIam, documentTags } from './docs.js'
import { listen, send } from './server.js'

const { iam, faults } = createDocsIam()
const { can, errors, assertCovered } = guard(iam)
const ran: unknown[] = []
const app = fastify({ routerOptions: { maxParamLength: 2000 } })
const server = { port: 0 }

beforeAll(async () => {
  assertCovered(app, { print: () => {} })
  app.setErrorHandler(errors())
  app.put(
    '/folders/:folderId/documents/:documentId',
    {
      preHandler: can('docs:CreateDocument', {
        requestTags: documentTags,
        context: ({ body }) => ({
          'docs:Classification': (body as Record<string, string> | undefined)?.classification,
        }),
      }),
    },
    async (request, reply) => {
      const { decision, requestTags } = accessOf(request)
      ran.push({ resource: decision.request.resource, requestTags })
      return reply.code(201).send()
    },
  )
  app.get(
    '/files/*',
    {
      preHandler: can('docs:GetDocument', {
        arn: ({ params }) => `arn:aws:docs::acme:${params['*']}`,
      }),
    },
    async () => {
      ran.push('files')
      return 'files'
    },
  )
  app.get('/matched/:folderId(^.*$)', { preHandler: can('docs:ListDocuments') }, async () => {
    ran.push('matched')
    return 'matched'
  })
  server.port = await listen(app)
})
beforeEach(() => {
  ran.length = 0
  faults.length = 0
})
afterAll(() => app.close())

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
    '%2e%2e',
    '%2e',
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

  const get = (target: string) =>
    send(server.port, [`GET ${target} HTTP/1.1`, 'Authorization: Bearer adm'])

  it.each(['', 'a%2fb', 'a%00', '*'])(
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

  it('are not looked for in a body that Fastify does not parse', async () => {
    const reply = await put(target, 'tags[team]=eng', 'application/x-www-form-urlencoded')
    expect([reply.status, ran]).toEqual([415, []])
  })

  it('are none where no parser has read a body', async () => {
    await put(target, '{"tags":{"team":"eng"}}', 'text/plain')
    expect(ran).toEqual([expect.objectContaining({ requestTags: {} })])
  })
})
