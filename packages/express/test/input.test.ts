import express from 'express'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { accessOf, guard } from '../src/index.js'
import { createDocsIam, documentTags } from './docs.js'
import { listen, type Server, send } from './server.js'

const { iam, faults } = createDocsIam()
const { can, errors, assertCovered } = guard(iam)
const ran: unknown[] = []
let server: Server

beforeAll(async () => {
  const app = express()
  app.set('query parser', 'extended')
  app.put(
    '/folders/:folderId/documents/:documentId',
    express.json(),
    express.urlencoded({ extended: true }),
    can('docs:CreateDocument', {
      requestTags: documentTags,
      context: ({ body }) => ({
        'docs:Classification': (body as Record<string, string> | undefined)?.classification,
      }),
    }),
    (req, res) => {
      const { decision, requestTags } = accessOf(req)
      ran.push({ resource: decision.request.resource, requestTags })
      res.sendStatus(201)
    },
  )
  app.get(
    '/files/*path',
    can('docs:GetDocument', { arn: ({ params }) => `arn:aws:docs::acme:${params.path}` }),
    (_req, res) => {
      ran.push('files')
      res.send('files')
    },
  )
  app.get(
    /^\/matched\/(?<folderId>.*)\/(?<documentId>.*)$/,
    can('docs:DeleteDocument'),
    (_req, res) => {
      ran.push('matched')
      res.send('matched')
    },
  )
  app.use(errors())
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
  it('is refused with 400 where a regular expression let it be empty or hold a separator', async () => {
    for (const target of ['/matched//d1', '/matched/a/b/c', '/matched/f1/']) {
      const reply = await send(server.port, [`GET ${target} HTTP/1.1`, 'Authorization: Bearer adm'])
      expect([reply.status, ran]).toEqual([400, []])
    }
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
