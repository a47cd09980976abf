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
