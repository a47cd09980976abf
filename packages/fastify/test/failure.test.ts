import { once } from 'node:events'
import { connect as connectHttp2 } from 'node:http2'
import { type AddressInfo, connect, type Socket } from 'node:net'
import type { RequestContext } from '@iamkit/core'
import type { IamOptions } from '@iamkit/http'
import fastify, { type FastifyInstance } from 'fastify'
import { afterEach, describe, expect, it } from 'vitest'
import { accessOf, type ErrorHandler, errors, guard, RefusalError } from '../src/index.js'
import { createDocsIam, type Docs, loadDocument } from './docs.js'
import { listen } from './server.js'

let running: FastifyInstance | undefined
afterEach(() => running?.close())

interface Failing {
  readonly options?: Partial<IamOptions<Docs>>
  readonly resource?: () => never
  /** Absent: the package's own. */
  readonly handler?: ErrorHandler | 'none'
}

async function ask({ options, resource, handler }: Failing, name = 'ann') {
  const { iam, faults } = createDocsIam({ timeLimit: 30, ...options })
  const { can, errors } = guard(iam)
  const ran: string[] = []
  const app = fastify()
  if (handler !== 'none') app.setErrorHandler(handler ?? errors())
  app.get(
    '/folders/:folderId/documents/:documentId',
    { preHandler: can('docs:GetDocument', { ...(resource && { resource }) }) },
    async () => {
      ran.push('get')
      return 'document'
    },
  )
  const reply = await app.inject({
    url: '/folders/f1/documents/d1',
    headers: { authorization: `Bearer ${name}` },
  })
  return { reply, ran, faults }
}

describe('a refusal', () => {
  it('is answered by Fastify itself where the app has forgotten `errors()`', async () => {
    const { reply, ran } = await ask({ handler: 'none' }, 'mallory')
    expect([reply.statusCode, ran]).toEqual([401, []])
    expect(reply.headers['www-authenticate']).toContain('error="invalid_token"')
    expect(reply.headers['content-type']).toBe('application/json; charset=utf-8')
  })

  it('is never answered with success where `errors` is given uncalled', async () => {
    const { reply, ran } = await ask({ handler: errors as never }, 'mallory')
    expect([reply.statusCode, ran]).toEqual([500, []])
    expect(reply.json()).toMatchObject({
      message: 'invalid option `errors`: call it: `app.setErrorHandler(errors())`',
    })
  })

  it('can be answered by the app’s own error handler', async () => {
    const own: ErrorHandler = (error, _request, reply) => {
      if (!(error instanceof RefusalError)) throw error
      return reply.code(error.statusCode).send({ code: error.code, kind: error.outcome.kind })
    }
    const { reply, ran } = await ask({ handler: own }, 'bob')
    expect([reply.statusCode, reply.json(), ran]).toEqual([
      403,
      { code: 'ERR_REFUSED', kind: 'denied' },
      [],
    ])
  })

  it('does not run the handler though an error handler swallows it', async () => {
    const swallow: ErrorHandler = (_error, _request, reply) => reply.code(200).send('fine')
    const { reply, ran } = await ask({ handler: swallow }, 'bob')
    expect([reply.body, ran]).toEqual(['fine', []])
  })
})

describe('errors', () => {
  it.each<[string, ErrorHandler | undefined, number, string]>([
    [
      'leaves other errors to the app',
      (error, _request, reply) => reply.code(418).send(error.message),
      418,
      'spilled',
    ],
    [
      'leaves other errors to Fastify',
      undefined,
      500,
      '{"statusCode":500,"error":"Internal Server Error","message":"spilled"}',
    ],
  ])('%s', async (_title, other, ...expected) => {
    const { iam } = createDocsIam()
    const app = fastify()
    app.setErrorHandler(guard(iam).errors(other))
    app.get('/', async () => {
      throw new Error('spilled')
    })
    const reply = await app.inject('/')
    expect([reply.statusCode, reply.body]).toEqual(expected)
  })
})

describe('accessOf', () => {
  it('throws where no guard has allowed the request', async () => {
    const app = fastify()
    app.get('/open', async (request) => accessOf(request).resource)
    const reply = await app.inject('/open?token=secret')
    expect(reply.json()).toMatchObject({
      statusCode: 500,
      message:
        'invalid route `GET /open`: `accessOf` is called, but no guard stands before the handler',
    })
  })
})

describe('a caller over HTTP/2', () => {
  it('is decided about by its address and its headers', async () => {
    const { iam } = createDocsIam()
    const { can } = guard(iam)
    const app = fastify({ http2: true })
    app.get('/status', { preHandler: can('docs:ReadStatus') }, async (request) => {
      const context = accessOf(request).decision.request.context as RequestContext
      return [context.get('aws:sourceip'), context.get('aws:securetransport')]
    })
    await app.listen({ port: 0, host: '127.0.0.1' })
    const { port } = app.server.address() as AddressInfo
    const client = connectHttp2(`http://127.0.0.1:${port}`)
    const statusOf = async (authorization: string) => {
      const stream = client.request({ ':path': '/status', authorization })
      const [headers] = (await once(stream, 'response')) as [Record<string, unknown>]
      return [headers[':status'], (await stream.toArray()).join('')]
    }
    const [allowed, refused] = [await statusOf('Bearer ann'), await statusOf('Bearer mallory')]
    client.close()
    await app.close()
    expect(allowed).toEqual([200, '["127.0.0.1","false"]'])
    expect(refused[0]).toBe(401)
  })
})

describe('a caller that hangs up', () => {
  /** Sends a request, waits for it to arrive, and hangs up. */
  async function hangUp(app: FastifyInstance, arrived: Promise<unknown>, target: string) {
    running = app
    const port = await listen(app)
    const socket: Socket = connect(port, '127.0.0.1')
    socket.on('error', () => {})
    socket.write(`GET ${target} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ann\r\n\r\n`)
    await arrived
    socket.resetAndDestroy()
  }

  it('cannot escape a Deny that names addresses', async () => {
    const { iam } = createDocsIam()
    const { can, unguarded } = guard(iam)
    const ran: string[] = []
    const app = fastify()
    let arrive = () => {}
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve
    })
    const gone = new Promise<void>((resolve) => {
      const wait = unguarded('waits', async (request: { raw: { socket: Socket } }) => {
        arrive()
        await new Promise((closed) => request.raw.socket.once('close', closed))
        setTimeout(resolve, 50)
      })
      app.get('/status', { preHandler: [wait, can('docs:ReadStatus')] }, async () => {
        ran.push('status')
        return 'ok'
      })
    })
    await hangUp(app, arrived, '/status')
    await gone
    expect(ran).toEqual([])
  })

  it('does not come past a mask whose answer is slow, and gets it once', async () => {
    const { iam } = createDocsIam()
    const { can } = guard(iam)
    const ran: string[] = []
    const app = fastify()
    const masked = can('docs:GetDocument', { resource: loadDocument, mask: 'notFound' })
    app.get('/folders/:folderId/documents/:documentId', { preHandler: masked }, async () => {
      ran.push('get')
      return 'document'
    })
    let arrive = () => {}
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve
    })
    const gone = new Promise<void>((resolve) => {
      app.setNotFoundHandler(async (request, reply) => {
        ran.push('not found')
        arrive()
        await new Promise((closed) => request.raw.socket.once('close', closed))
        // Long enough for Fastify to hear that the caller has gone, before there is an answer.
        await new Promise((later) => setTimeout(later, 30))
        setTimeout(resolve, 30)
        return reply.code(404).send('nothing')
      })
    })
    await hangUp(app, arrived, '/folders/f1/documents/theirs')
    await gone
    expect(ran).toEqual(['not found'])
  })
})
