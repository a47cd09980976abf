import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RequestContext } from '@iamkit/core'
import type { IamOptions } from '@iamkit/http'
import Router from '@koa/router'
import Koa, { type Middleware } from 'koa'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { accessOf, guard, RefusalError } from '../src/index.js'
import { createDocsIam, type Docs, loadDocument } from './docs.js'
import { listen, type Server, send } from './server.js'

let server: Server | undefined
afterEach(() => server?.close())

interface Failing {
  readonly options?: Partial<IamOptions<Docs>>
  readonly resource?: () => never
  /** The app's first middleware. Absent: the package's own. */
  readonly outer?: Middleware
}

async function ask({ options, resource, outer }: Failing, name = 'ann') {
  const { iam, faults } = createDocsIam({ timeLimit: 30, ...options })
  const { can, errors } = guard(iam)
  const ran: string[] = []
  const router = new Router()
  router.get(
    '/folders/:folderId/documents/:documentId',
    can('docs:GetDocument', { ...(resource && { resource }) }),
    (ctx) => {
      ran.push('get')
      ctx.body = 'document'
    },
  )
  const app = new Koa()
  app.use(outer ?? errors()).use(router.routes())
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
  const passOn: Middleware = (_ctx, next) => next()

  it('is answered by Koa itself where the app has forgotten `errors()`', async () => {
    const { reply, ran } = await ask({ outer: passOn }, 'mallory')
    expect([reply.status, reply.body, ran]).toEqual([
      401,
      'Invalid credentials: nobody has that name',
      [],
    ])
    expect(reply.headers).toMatchObject({
      'www-authenticate': expect.stringContaining('error="invalid_token"'),
      'content-type': 'text/plain; charset=utf-8',
    })
  })

  it('shows nothing of a failure where the app has forgotten `errors()`', async () => {
    const { reply, ran } = await ask({ outer: passOn, resource: broken })
    expect([reply.status, reply.body, ran]).toEqual([503, 'Service Unavailable', []])
  })

  it('can be answered by the app’s own error middleware', async () => {
    const own: Middleware = async (ctx, next) => {
      try {
        await next()
      } catch (error) {
        if (!(error instanceof RefusalError)) throw error
        ctx.status = error.status
        ctx.body = { code: error.code, kind: error.outcome.kind, shown: error.expose }
      }
    }
    const { reply, ran } = await ask({ outer: own }, 'bob')
    expect([reply.status, JSON.parse(reply.body), ran]).toEqual([
      403,
      { code: 'ERR_REFUSED', kind: 'denied', shown: true },
      [],
    ])
  })

  it('does not run the handler though middleware swallows it', async () => {
    const swallow: Middleware = (_ctx, next) => next().catch(() => undefined)
    const { reply, ran } = await ask({ outer: swallow }, 'bob')
    expect([reply.status, ran]).toEqual([404, []])
  })

  it('does not run the handler though middleware goes on once more', async () => {
    const again: Middleware = async (_ctx, next) => {
      try {
        await next()
      } catch {
        await next()
      }
    }
    const { reply, ran } = await ask({ outer: again }, 'bob')
    expect([reply.status, ran]).toEqual([500, []])
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
    const router = new Router()
    router.get(
      '/folders/:folderId/documents/:documentId',
      async (ctx, next) => {
        const rest = next()
        heard.push('next has returned')
        await rest.catch((error: Error) => heard.push(error.message))
        ctx.status = 418
      },
      can('docs:GetDocument', { resource: loadDocument }),
      () => {
        heard.push('handler')
        broken()
      },
    )
    server = await listen(new Koa().use(router.routes()))
    const reply = await send(server.port, [
      'GET /folders/f1/documents/d1 HTTP/1.1',
      'Authorization: Bearer ann',
    ])
    expect(reply.status).toBe(418)
    expect(heard).toEqual(['handler', 'next has returned', 'password is hunter2'])
    expect(faults).toEqual([])
  })
})

describe('errors', () => {
  it('leaves other errors to the app', async () => {
    const { iam } = createDocsIam()
    const { publicRoute, errors } = guard(iam)
    const router = new Router()
    router.get('/', publicRoute('test'), broken)
    const app = new Koa()
    app.use(async (ctx, next) => {
      await next().catch((error: Error) => {
        ctx.status = 418
        ctx.body = error.message
      })
    })
    app.use(errors()).use(router.routes())
    server = await listen(app)
    expect(await send(server.port, ['GET / HTTP/1.1'])).toMatchObject({
      status: 418,
      body: 'password is hunter2',
    })
  })
})

describe('accessOf', () => {
  it('throws where no guard has allowed the request, whatever the state says', async () => {
    const app = new Koa()
    app.use(async (ctx, next) => {
      await next().catch((error: Error) => {
        ctx.body = error.message
      })
    })
    const router = new Router<{ iam: never }>()
    router.get('/open', (ctx) => {
      ctx.state.iam = { resource: 'forged' } as never
      ctx.body = accessOf(ctx).resource
    })
    app.use(router.routes())
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
    const router = new Router()
    router.get('/status', can('docs:ReadStatus'), (ctx) => {
      const { context } = accessOf(ctx).decision.request
      ctx.body = { address: (context as RequestContext).get('aws:sourceip') ?? 'none' }
    })
    const folder = mkdtempSync(join(tmpdir(), 'iamkit-socket-'))
    const socketPath = join(folder, 'http.sock')
    const answer = new Koa().use(router.routes()).callback()
    const unix = createServer((req, res) => void answer(req, res))
    await new Promise<void>((resolve) => unix.listen(socketPath, resolve))
    const asked = request({ socketPath, path: '/status', headers: { authorization: 'Bearer ann' } })
    asked.end()
    const [reply] = (await once(asked, 'response')) as [IncomingMessage]
    const body = (await reply.toArray()).join('')
    unix.close()
    rmSync(folder, { recursive: true })
    expect(body).toBe('{"address":"none"}')
  })
})

describe('a caller that hangs up', () => {
  it('cannot escape a Deny that names addresses', async () => {
    const { iam } = createDocsIam()
    const { can, errors } = guard(iam)
    const ran: string[] = []
    const sockets: Socket[] = []
    const router = new Router()
    const gone = new Promise<void>((resolve) => {
      router.get(
        '/status',
        async (ctx, next) => {
          sockets[0]?.resetAndDestroy()
          await new Promise((closed) => ctx.req.socket.once('close', closed))
          await next().finally(resolve)
        },
        can('docs:ReadStatus'),
        () => {
          ran.push('status')
        },
      )
    })
    const app = new Koa()
    app.use(errors()).use(router.routes())
    server = await listen(app)
    const socket = connect(server.port, '127.0.0.1')
    sockets.push(socket)
    socket.on('error', () => {})
    socket.write('GET /status HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ann\r\n\r\n')
    await gone
    expect(ran).toEqual([])
  })
})
