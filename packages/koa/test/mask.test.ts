import type { Middleware } from 'koa'
import { afterEach, describe, expect, it } from 'vitest'
import { guard } from '../src/index.js'
import { createDocsIam, loadDocument } from './docs.js'
import { FRAMEWORKS, type Framework, listen, type RawReply, type Server, send } from './server.js'

const [newest] = FRAMEWORKS as [Framework]
let server: Server | undefined
afterEach(() => server?.close())

interface Masked {
  readonly framework?: Framework
  readonly notFound?: Middleware
  /** What the app has behind its routes. */
  readonly last?: Middleware
}

/** The handlers that ran. A second route on the same path stands behind the masked one. */
async function start({ framework = newest, notFound, last }: Masked): Promise<readonly string[]> {
  const { iam } = createDocsIam()
  const { can, errors } = guard(iam, { ...(notFound && { notFound }) })
  const ran: string[] = []
  const runs =
    (name: string): Middleware =>
    (ctx) => {
      ran.push(name)
      ctx.body = name
    }
  const app = new framework.App()
  const router = new framework.Router()
  router.get(
    '/folders/:folderId/documents/:documentId',
    can('docs:GetDocument', { resource: loadDocument, mask: 'notFound' }),
    runs('get'),
  )
  router.get('/folders/:folderId/documents/:documentId', runs('behind'))
  app.use(errors()).use(router.routes()).use(router.allowedMethods())
  if (last) app.use(last)
  server = await listen(app)
  return ran
}

/** The reply but for the time. */
async function ask(path: string, name = 'ann'): Promise<RawReply> {
  const lines = [`GET ${path} HTTP/1.1`, `Authorization: Bearer ${name}`]
  const { status, headers, body } = await send(server?.port ?? 0, lines)
  const { date: _date, ...rest } = headers
  return { status, headers: rest, body }
}

describe('401 always with WWW-Authenticate; no error code without credentials; 404 mask byte-equal to real 404', () => {
  it.each(FRAMEWORKS)('answers as $version itself answers an unknown path', async (framework) => {
    const ran = await start({ framework })
    const theirs = await ask('/folders/f1/documents/theirs')
    expect(theirs).toMatchObject({ status: 404, body: 'Not Found' })
    expect(await ask('/folders/ffff/documents/none')).toEqual(theirs)
    expect(await ask('/folders/f1/documentz/theirs')).toEqual(theirs)
    expect(ran).toEqual([])
  })

  it('answers as the app itself answers an unknown path', async () => {
    const notFound: Middleware = (ctx) => {
      ctx.status = 404
      ctx.set('x-app', 'docs')
      ctx.body = { error: 'nothing here' }
    }
    const ran = await start({ notFound, last: notFound })
    const theirs = await ask('/folders/f1/documents/theirs')
    expect(theirs).toMatchObject({ status: 404, body: '{"error":"nothing here"}' })
    expect(await ask('/folders/ffff/documents/none')).toEqual(theirs)
    expect(await ask('/nowhere')).toEqual(theirs)
    expect(ran).toEqual([])
  })

  it('lets through who may', async () => {
    const ran = await start({})
    expect((await ask('/folders/f1/documents/d1')).body).toBe('get')
    expect(ran).toEqual(['get'])
  })

  it.each<[string, Middleware, number]>([
    ['next()', (_ctx, next) => next(), 404],
    [
      'next() later',
      async (_ctx, next) => {
        await new Promise((done) => setTimeout(done, 5))
        await next()
      },
      404,
    ],
    [
      'nothing, and throws',
      () => {
        throw new Error('broken')
      },
      500,
    ],
  ])('runs no handler though the app’s own answer calls %s', async (_title, notFound, status) => {
    const ran = await start({ notFound })
    const reply = await ask('/folders/f1/documents/theirs')
    expect([reply.status, ran]).toEqual([status, []])
  })
})
