import { connect } from 'node:net'
import type { RequestContext } from '@iamkit/core'
import type { IamOptions } from '@iamkit/http'
import { type ErrorHandler, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { accessOf, type Connection, guard, RefusalError } from '../src/index.js'
import { nodeConnection } from '../src/node.js'
import { createDocsIam, type Docs } from './docs.js'
import { bareConnection, listen, type Server, send } from './server.js'

let server: Server | undefined
afterEach(async () => {
  vi.restoreAllMocks()
  await server?.close()
  server = undefined
})

interface Failing {
  readonly options?: Partial<IamOptions<Docs>>
  readonly resource?: () => never
  readonly connection?: () => Connection
  /** Absent: the package's own. */
  readonly handler?: ErrorHandler | 'none'
}

async function ask({ options, resource, handler, connection }: Failing, name = 'ann') {
  const { iam, faults } = createDocsIam({ timeLimit: 30, ...options })
  const { can, errors } = guard(iam, { connection: connection ?? bareConnection })
  const ran: string[] = []
  const app = new Hono()
  app.get(
    '/folders/:folderId/documents/:documentId',
    can('docs:GetDocument', { ...(resource && { resource }) }),
    (c) => {
      ran.push('get')
      return c.text('document')
    },
  )
  if (handler !== 'none') app.onError(handler ?? errors())
  const reply = await app.request('/folders/f1/documents/d1', {
    headers: { authorization: `Bearer ${name}` },
  })
  return { reply, ran, faults }
}

const broken = () => {
  throw new Error('password is hunter2')
}

describe('a connection that cannot be read', () => {
  it.each<[string, number, () => Connection]>([
    ['throws', 503, broken],
    [
      'has no address and does not say so',
      500,
      () => ({ remoteAddress: undefined, isSecure: true }),
    ],
    ['comes through something else', 503, () => nodeConnection({ env: {} } as never)],
    ['has no environment', 503, () => nodeConnection({} as never)],
  ])('refuses where it %s, with %i', async (_title, status, connection) => {
    const { reply, ran, faults } = await ask({ connection }, 'adm')
    expect([reply.status, ran, faults.length]).toEqual([status, [], 1])
  })

  it('stops the app where nobody says how to read it', () => {
    const { iam } = createDocsIam()
    expect(() => guard(iam, {} as never)).toThrow('invalid option `connection`')
    expect(() => guard(iam, undefined as never)).toThrow('invalid option `connection`')
  })
})

describe('the keys of a connection', () => {
  const keysOf = async (connection: () => Connection): Promise<unknown> => {
    const { iam } = createDocsIam()
    const { can } = guard(iam, { connection })
    const app = new Hono()
    app.get('/status', can('docs:ReadStatus'), (c) => {
      const context = accessOf(c).decision.request.context as RequestContext
      const keys = ['aws:sourceip', 'aws:securetransport'] as const
      return c.json(keys.map((key) => String(context.get(key) ?? 'none')))
    })
    const headers = { authorization: 'Bearer ann', 'x-forwarded-for': '198.51.100.1' }
    return (await app.request('/status', { headers })).json()
  }

  it('are what the runtime says, and no header', async () => {
    expect(await keysOf(bareConnection)).toEqual(['192.0.2.7', 'true'])
  })

  it('lack an address only where the runtime says that there is none', async () => {
    const connection = () => ({ remoteAddress: null, isSecure: false })
    expect(await keysOf(connection)).toEqual(['none', 'false'])
  })
})

describe('a refusal', () => {
  it('is answered by Hono itself where the app has forgotten `errors()`', async () => {
    const { reply, ran } = await ask({ handler: 'none' }, 'mallory')
    expect([reply.status, ran]).toEqual([401, []])
    expect(reply.headers.get('www-authenticate')).toContain('error="invalid_token"')
    expect(reply.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
  })

  it('is never answered with success where `errors` is given uncalled', async () => {
    const { errors } = guard(createDocsIam().iam, { connection: nodeConnection })
    await expect(ask({ handler: errors as never }, 'mallory')).rejects.toThrow(
      'invalid option `errors`: call it: `app.onError(errors())`',
    )
  })

  it('can be answered by the app’s own error handler', async () => {
    const own: ErrorHandler = (error, c) => {
      if (!(error instanceof RefusalError)) throw error
      return c.json({ code: error.code, kind: error.outcome.kind }, error.status)
    }
    const { reply, ran } = await ask({ handler: own }, 'bob')
    expect([reply.status, await reply.json(), ran]).toEqual([
      403,
      { code: 'ERR_REFUSED', kind: 'denied' },
      [],
    ])
  })

  it('does not run the handler though an error handler answers nothing', async () => {
    const { reply, ran } = await ask({ handler: (() => undefined) as never }, 'bob')
    expect([reply?.status, ran]).not.toContain('get')
    expect(ran).toEqual([])
  })

  it('does not run the handler of a mounted app that answers errors itself', async () => {
    const { iam } = createDocsIam()
    const { can, assertCovered } = guard(iam, { connection: bareConnection })
    const ran: string[] = []
    const api = new Hono()
    api.onError((_error, c) => c.text('own', 418))
    api.get('/folders/:folderId', can('docs:ListDocuments'), (c) => {
      ran.push('list')
      return c.text('list')
    })
    const app = new Hono()
    app.route('/v1', api)
    assertCovered(app, { print: () => {} })
    const reply = await app.request('/v1/folders/f1')
    expect([reply.status, await reply.text(), ran]).toEqual([418, 'own', []])
  })
})

describe('errors', () => {
  const ask = async (onError: 'own' | 'none', error: Error) => {
    const { iam } = createDocsIam()
    const { errors } = guard(iam, { connection: bareConnection })
    const app = new Hono()
    app.get('/', () => {
      throw error
    })
    app.onError(onError === 'own' ? errors((thrown, c) => c.text(thrown.message, 418)) : errors())
    const reply = await app.request('/')
    return [reply.status, await reply.text()]
  }

  it('leaves other errors to the app', async () => {
    expect(await ask('own', new Error('spilled'))).toEqual([418, 'spilled'])
  })

  it('answers other errors as Hono does where the app has no handler', async () => {
    const log = vi.spyOn(console, 'error').mockReturnValue()
    expect(await ask('none', new Error('spilled'))).toEqual([500, 'Internal Server Error'])
    expect(log).toHaveBeenCalledOnce()
    expect(await ask('none', new HTTPException(409, { message: 'taken' }))).toEqual([409, 'taken'])
  })
})

describe('accessOf', () => {
  it('throws where no guard has allowed the request', async () => {
    const app = new Hono()
    app.get('/open', (c) => c.json(accessOf(c).resource as null))
    app.onError((error, c) => c.text(error.message, 500))
    expect(await (await app.request('/open?token=secret')).text()).toBe(
      'invalid route `GET /open`: `accessOf` is called, but no guard stands before the handler',
    )
  })
})

describe('a caller that hangs up', () => {
  it('cannot escape a Deny that names addresses', async () => {
    const { iam, faults } = createDocsIam()
    const { can, unguarded, errors } = guard(iam, { connection: nodeConnection })
    const ran: string[] = []
    const app = new Hono<{ Bindings: { incoming: import('node:http').IncomingMessage } }>()
    const gone = new Promise<void>((resolve) => {
      app.get(
        '/status',
        unguarded('waits', async (c, next) => {
          socket.resetAndDestroy()
          await new Promise((closed) => c.env.incoming.socket.once('close', closed))
          await next()
          resolve()
        }),
        can('docs:ReadStatus'),
        (c) => {
          ran.push('status')
          return c.text('ok')
        },
      )
    })
    app.onError(errors())
    server = await listen(app)
    const socket = connect(server.port, '127.0.0.1')
    socket.on('error', () => {})
    socket.write('GET /status HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ann\r\n\r\n')
    await gone
    expect([ran, faults.length]).toEqual([[], 1])
  })
})

describe('a body that a guard does not read', () => {
  it('is the handler’s alone', async () => {
    const { iam } = createDocsIam()
    const { can } = guard(iam, { connection: bareConnection, bodyLimit: 4 })
    const app = new Hono()
    const context = () => ({})
    const requestTags = () => ({ team: 'eng' })
    const options = { requestTags, context: context as never }
    const path = '/folders/:folderId/documents/:documentId'
    app.put(path, can('docs:CreateDocument', { ...options, body: 'unread' }), async (c) =>
      c.text(await c.req.text()),
    )
    app.post(path, can('docs:CreateDocument', options), (c) => c.text('created'))
    const init = { headers: { authorization: 'Bearer ann' }, body: 'a,b,c' }
    const upload = await app.request('/folders/f/documents/d', { ...init, method: 'PUT' })
    expect([upload.status, await upload.text()]).toEqual([200, 'a,b,c'])
    const long = await app.request('/folders/f/documents/d', { ...init, method: 'POST' })
    expect(long.status).toBe(413)
  })
})

describe('two headers', () => {
  it('are two on Node, and a list that no authenticator takes elsewhere', async () => {
    const { iam } = createDocsIam()
    const headers = new Headers({ authorization: 'Bearer ann' })
    headers.append('authorization', 'Bearer ann')
    const statuses = []
    for (const connection of [bareConnection, nodeConnection]) {
      const { can, errors } = guard(iam, { connection })
      const app = new Hono()
      app.get('/status', can('docs:ReadStatus'), (c) => c.text('ok'))
      app.onError(errors())
      if (connection === bareConnection) {
        statuses.push((await app.request('/status', { headers })).status)
        continue
      }
      server = await listen(app)
      const line = 'Authorization: Bearer ann'
      statuses.push((await send(server.port, ['GET /status HTTP/1.1', line, line])).status)
    }
    expect(statuses).toEqual([401, 400])
  })
})
