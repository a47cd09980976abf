import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RequestContext } from '@iamkit/core'
import type { IamOptions } from '@iamkit/http'
import express, { type ErrorRequestHandler, type Express } from 'express'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { accessOf, guard, RefusalError } from '../src/index.js'
import { createDocsIam, type Docs, loadDocument } from './docs.js'
import { listen, onError, type Server, send } from './server.js'

let server: Server | undefined
afterEach(() => server?.close())

interface Failing {
  readonly options?: Partial<IamOptions<Docs>>
  readonly resource?: () => never
  /** Absent: the package's own. */
  readonly handler?: ErrorRequestHandler | undefined
}

async function ask({ options, resource, handler }: Failing, name = 'ann') {
  const { iam, faults } = createDocsIam({ timeLimit: 30, ...options })
  const { can, errors } = guard(iam)
  const ran: string[] = []
  const app = express()
  app.get(
    '/folders/:folderId/documents/:documentId',
    can('docs:GetDocument', { ...(resource && { resource }) }),
    (_req, res) => {
      ran.push('get')
      res.send('document')
    },
  )
  app.use(handler ?? errors())
  server = await listen(app)
  const reply = await send(server.port, [
    'GET /folders/f1/documents/d1 HTTP/1.1',
    `Authorization: Bearer ${name}`,
  ])
  return { reply, ran, faults }
}

/** As if `explainDenials` had not been given at all. */
const NO_CHOICE = { explainDenials: undefined } as unknown as Partial<IamOptions<Docs>>

const broken = () => {
  throw new Error('password is hunter2')
}

describe('a refusal', () => {
  it('is answered by Express itself where the app has forgotten `errors()`', async () => {
    const passOn = onError((error, _res, next) => next(error))
    const { reply, ran } = await ask({ handler: passOn }, 'mallory')
    expect([reply.status, ran]).toEqual([401, []])
    expect(reply.headers['www-authenticate']).toContain('error="invalid_token"')
  })

  it('can be answered by the app’s own error handler', async () => {
    const own = onError((error, res) => {
      if (!(error instanceof RefusalError)) throw error
      res.status(error.status).json({ code: error.code, kind: error.outcome.kind })
    })
    const { reply, ran } = await ask({ handler: own }, 'bob')
    expect([reply.status, JSON.parse(reply.body), ran]).toEqual([
      403,
      { code: 'ERR_REFUSED', kind: 'denied' },
      [],
    ])
  })

  it('does not run the handler though an error handler swallows it', async () => {
    const swallow = onError((_error, _res, next) => next())
    const { reply, ran } = await ask({ handler: swallow }, 'bob')
    expect([reply.status, ran]).toEqual([404, []])
  })

  it.each([
    ['production', undefined, false],
    ['production', true, true],
    ['development', undefined, true],
    ['development', false, false],
    [undefined, undefined, true],
  ])(
    'where NODE_ENV is %s and the app says %s, explains itself: %s',
    async (env, explainDenials, explained) => {
      vi.stubEnv('NODE_ENV', env)
      const options = explainDenials === undefined ? {} : { explainDenials }
      const { reply } = await ask({ options: { ...NO_CHOICE, ...options } }, 'bob')
      vi.unstubAllEnvs()
      expect('explain' in JSON.parse(reply.body)).toBe(explained)
    },
  )
})

describe('a guard where nothing answers later', () => {
  it('goes on in the same turn, and leaves what the handler throws to the app', async () => {
    const { iam, faults } = createDocsIam()
    const { can } = guard(iam)
    const heard: unknown[] = []
    const app = express()
    app.get(
      '/folders/:folderId/documents/:documentId',
      (_req, _res, next) => {
        next()
        heard.push('next has returned')
      },
      can('docs:GetDocument', { resource: loadDocument }),
      () => {
        heard.push('handler')
        broken()
      },
    )
    app.use(
      onError((error, res) => {
        heard.push((error as Error).message)
        res.status(418).end()
      }),
    )
    server = await listen(app)
    const reply = await send(server.port, [
      'GET /folders/f1/documents/d1 HTTP/1.1',
      'Authorization: Bearer ann',
    ])
    expect(reply.status).toBe(418)
    expect(heard).toEqual(['handler', 'password is hunter2', 'next has returned'])
    expect(faults).toEqual([])
  })
})

describe('errors', () => {
  it('leaves other errors to the app', async () => {
    const { iam } = createDocsIam()
    const { publicRoute, errors } = guard(iam)
    const app = express()
    app.get('/', publicRoute('test'), broken)
    app.use(errors())
    app.use(
      onError((error, res) => {
        res.status(418).send((error as Error).message)
      }),
    )
    server = await listen(app)
    expect(await send(server.port, ['GET / HTTP/1.1'])).toMatchObject({
      status: 418,
      body: 'password is hunter2',
    })
  })
})

describe('accessOf', () => {
  it('throws where no guard has allowed the request', async () => {
    const app = express()
    app.get('/open', (req, res) => {
      res.json(accessOf(req).resource)
    })
    app.use(
      onError((error, res) => {
        res.status(500).send((error as Error).message)
      }),
    )
    server = await listen(app)
    expect((await send(server.port, ['GET /open?token=secret HTTP/1.1'])).body).toBe(
      'invalid route `GET /open`: `accessOf` is called, but no guard stands before the handler',
    )
  })
})

describe('a caller on a Unix socket', () => {
  it('has no address, and is decided about without one', async () => {
    const { iam } = createDocsIam()
    const { can } = guard(iam)
    const app = express()
    app.get('/status', can('docs:ReadStatus'), (req, res) => {
      const { context } = accessOf(req).decision.request
      res.json((context as RequestContext).get('aws:sourceip') ?? 'none')
    })
    const folder = mkdtempSync(join(tmpdir(), 'iamkit-socket-'))
    const socketPath = join(folder, 'http.sock')
    const unix = createServer(app)
    await new Promise<void>((resolve) => unix.listen(socketPath, resolve))
    const asked = request({ socketPath, path: '/status', headers: { authorization: 'Bearer ann' } })
    asked.end()
    const [reply] = (await once(asked, 'response')) as [IncomingMessage]
    const body = (await reply.toArray()).join('')
    unix.close()
    rmSync(folder, { recursive: true })
    expect(body).toBe('"none"')
  })
})

describe('a caller that hangs up', () => {
  it('cannot escape a Deny that names addresses', async () => {
    const { iam } = createDocsIam()
    const { can, errors } = guard(iam)
    const ran: string[] = []
    const app: Express = express()
    const sockets: Socket[] = []
    const gone = new Promise<void>((resolve) => {
      app.get(
        '/status',
        async (req, _res, next) => {
          sockets[0]?.resetAndDestroy()
          await new Promise((closed) => req.socket.once('close', closed))
          next()
          setTimeout(resolve, 50)
        },
        can('docs:ReadStatus'),
        (_req, res) => {
          ran.push('status')
          res.send('ok')
        },
      )
    })
    app.use(errors())
    app.use(
      onError((_error, res) => {
        res.end()
      }),
    )
    server = await listen(app)
    const socket = connect(server.port, '127.0.0.1')
    sockets.push(socket)
    socket.on('error', () => {})
    socket.write('GET /status HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ann\r\n\r\n')
    await gone
    expect(ran).toEqual([])
  })
})
