import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { guard } from '../src/index.js'
import { createDocsIam, loadDocument } from './docs.js'
import { exchange, FRAMEWORKS, listen, type Server, send } from './server.js'

const ROUTING = [
  { sensitive: false, strict: false },
  { sensitive: true, strict: true },
] as const

/** Every framework with loose and with strict routing. */
const APPS = FRAMEWORKS.flatMap((framework) =>
  ROUTING.map((routing) => ({ ...framework, ...routing })),
)

describe.each(APPS)(
  'no way around the guard on $version (strict: $strict)',
  ({ App, Router, sensitive, strict }) => {
    const { iam } = createDocsIam()
    const { can, errors, assertCovered } = guard(iam)
    const ran: string[] = []
    let server: Server

    beforeAll(async () => {
      const app = new App()
      const api = new Router({ prefix: '/v1', sensitive, strict })
      app.use(errors())
      api.get('/documents/latest', can('docs:ReadStatus'), (ctx) => {
        ran.push('latest')
        ctx.body = 'latest'
      })
      api.all('/folders/:folderId/everything', can('docs:ListDocuments'), (ctx) => {
        ran.push('everything')
        ctx.body = 'everything'
      })
      api.get(
        '/folders/:folderId/documents/:documentId',
        can('docs:GetDocument', { resource: loadDocument }),
        (ctx) => {
          ran.push('get')
          ctx.body = 'document'
        },
      )
      api.get('/:a/:b/:c/:d', can('docs:ReadStatus'), (ctx) => {
        ran.push('four')
        ctx.body = 'four'
      })
      app.use(api.routes()).use(api.allowedMethods())
      assertCovered(app, { print: () => {} })
      server = await listen(app)
    })
    beforeEach(() => {
      ran.length = 0
    })
    afterAll(() => server.close())

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
