import { METHODS } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { guard } from '../src/index.js'
import { createDocsIam, loadDocument } from './docs.js'
import { exchange, FRAMEWORKS, listen, send } from './server.js'

/** Every framework with loose and with strict routing. */
const APPS = FRAMEWORKS.flatMap(([version, create]) =>
  [true, false].map((strict) => ({ version, create, strict })),
)

describe.each(APPS)(
  'no way around the guard on Fastify $version (strict: $strict)',
  ({ create, strict }) => {
    const { iam } = createDocsIam()
    const { can, errors, assertCovered } = guard(iam)
    const ran: string[] = []
    const server = { port: 0 }
    let app: FastifyInstance

    beforeAll(async () => {
      const loose = {
        caseSensitive: false,
        ignoreTrailingSlash: true,
        ignoreDuplicateSlashes: true,
      }
      app = create(strict ? {} : loose)
      assertCovered(app, { print: () => {} })
      app.setErrorHandler(errors())
      const runs = (name: string) => async () => {
        ran.push(name)
        return name
      }
      app.register(
        async (api) => {
          api.get('/documents/latest', { preHandler: can('docs:ReadStatus') }, runs('latest'))
          api.all(
            '/folders/:folderId/everything',
            { preHandler: can('docs:ListDocuments') },
            runs('everything'),
          )
          api.get(
            '/folders/:folderId/documents/:documentId',
            { preHandler: can('docs:GetDocument', { resource: loadDocument }) },
            runs('get'),
          )
          api.get('/:a/:b/:c/:d', { preHandler: can('docs:ReadStatus') }, runs('four'))
        },
        { prefix: '/v1' },
      )
      server.port = await listen(app)
    })
    beforeEach(() => {
      ran.length = 0
    })
    afterAll(() => app.close())

    const path = '/v1/folders/f1/documents/d1'
    const bob = 'Authorization: Bearer bob'

    it.each([...METHODS, 'FOO', 'get'])('refuses %s without credentials', async (method) => {
      for (const target of [path, '/v1/folders/f1/everything']) {
        await send(server.port, [`${method} ${target} HTTP/1.1`])
      }
      expect(ran).toEqual([])
    })

    it.each([...METHODS])('refuses %s to a caller who is not allowed', async (method) => {
      await send(server.port, [`${method} ${path} HTTP/1.1`, bob])
      expect(ran).toEqual([])
    })

    it('guards HEAD with what guards GET', async () => {
      const refused = await send(server.port, [`HEAD ${path} HTTP/1.1`, bob])
      expect([refused.status, refused.body, ran]).toEqual([403, '', []])
      const allowed = await send(server.port, [
        `HEAD ${path} HTTP/1.1`,
        'Authorization: Bearer ann',
      ])
      expect([allowed.status, allowed.body, ran]).toEqual([200, '', ['get']])
    })

    it.each([
      path,
      `${path}/`,
      `${path}//`,
      `/${path}`,
      '/V1/FOLDERS/f1/DOCUMENTS/d1',
      '/v1//folders/f1/documents/d1',
      '/v1/folders/f1/documents/d1;x=1',
      '/v1/folders/f1;x/documents/d1',
      '/v1/%66olders/f1/documents/d1',
      '/v1/folders/f1/%64ocuments/d1',
      '/v1/folders/f1/documents/%64%31',
      '/v1/folders/f1/documents/d1?admin=true',
      '/v1/folders/f1/documents/d1?',
      '/v1/folders/f1/documents/d1#x',
      '/v1/x/../folders/f1/documents/d1',
      '/v1/./folders/f1/documents/d1',
      '/v1/%2e%2e/v1/folders/f1/documents/d1',
      '/v1/folders/f1/documents/d1%00',
      '/v1/folders/f1/documents/d1%20',
      '/v1/folders/f1/documents/d1%2F',
      '/v1/folders/f1/documents/%2e%2e%2fd1',
      '\\v1\\folders\\f1\\documents\\d1',
      '/v1\\folders\\f1\\documents\\d1',
      'http://127.0.0.1/v1/folders/f1/documents/d1',
      'http://evil.example/v1/folders/f1/documents/d1',
      'http://evil.example//v1/folders/f1/documents/d1',
      '/v1/folders/f1/documents/d1.json',
      '/v1/folders/%252e/documents/d1',
      '/v1/folders/f1/documents/%ZZ',
      '/v1/folders/f1/documents/%c0%ae',
    ])('refuses `%s` to everybody who may not', async (target) => {
      await send(server.port, [`GET ${target} HTTP/1.1`])
      expect(ran).toEqual([])
      await send(server.port, [`GET ${target} HTTP/1.1`, bob])
      // `four` is another route, which Bob may call; the document is not his in any spelling.
      expect(ran.filter((name) => name !== 'four')).toEqual([])
    })

    it.each([
      'X-HTTP-Method-Override: OPTIONS',
      'X-Original-URL: /v1/documents/latest',
      'X-Rewrite-URL: /v1/documents/latest',
      'X-Middleware-Subrequest: middleware',
      'X-Forwarded-For: 127.0.0.1',
      'X-Forwarded-User: ann',
      'X-Iamkit-Access: allowed',
      'Expect: 100-continue',
    ])('believes no `%s`', async (header) => {
      const reply = await send(server.port, [`GET ${path} HTTP/1.1`, bob, header])
      expect([reply.status, ran]).toEqual([403, []])
    })

    it.each([
      ['two headers', ['Authorization: Bearer bob', 'Authorization: Bearer ann'], 400],
      [
        'two headers, the better one first',
        ['Authorization: Bearer ann', 'Authorization: Bearer bob'],
        400,
      ],
      ['two equal headers', ['Authorization: Bearer ann', 'authorization: Bearer ann'], 400],
      ['a list in one header', ['Authorization: Bearer bob, Bearer ann'], 401],
      ['another scheme', ['Authorization: Basic ann'], 401],
      ['no scheme', ['Authorization: ann'], 401],
      ['an empty header', ['Authorization:'], 401],
      ['another header', ['Proxy-Authorization: Bearer ann'], 401],
      ['a cookie', ['Cookie: Authorization=Bearer ann'], 401],
    ])('refuses %s', async (_title, headers, status) => {
      const reply = await send(server.port, [`GET ${path} HTTP/1.1`, ...headers])
      expect([reply.status, ran]).toEqual([status, []])
      expect(reply.headers['www-authenticate']).toMatch(/^Bearer/)
    })

    it('decides about the route whose handler runs, whichever stands first', async () => {
      const reply = await send(server.port, ['GET /v1/documents/latest HTTP/1.1', bob])
      expect([reply.body, ran]).toEqual(['latest', ['latest']])
    })

    it('asks each of the requests on one connection by itself', async () => {
      const request = (name: string, connection: string) =>
        [
          `GET ${path} HTTP/1.1`,
          'Host: localhost',
          `Authorization: Bearer ${name}`,
          `Connection: ${connection}`,
          '\r\n',
        ].join('\r\n')
      const requests = [
        request('ann', 'keep-alive'),
        request('bob', 'keep-alive'),
        request('bob', 'close'),
      ]
      const replies = await exchange(server.port, requests.join(''))
      expect(replies.match(/HTTP\/1\.1 \d+/g)).toEqual([
        'HTTP/1.1 200',
        'HTTP/1.1 403',
        'HTTP/1.1 403',
      ])
      expect(ran).toEqual(['get'])
    })
  },
)
