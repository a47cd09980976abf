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

  it('are not looked for in a body that Fastify does not parse', async () => {
    const reply = await put(target, 'tags[team]=eng', 'application/x-www-form-urlencoded')
    expect([reply.status, ran]).toEqual([415, []])
  })
})
