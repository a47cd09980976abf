import express, { type Express, type RequestHandler } from 'express'
import { afterEach, describe, expect, it } from 'vitest'
import { guard } from '../src/index.js'
import { createDocsIam, loadDocument } from './docs.js'
import { FRAMEWORKS, listen, type RawReply, type Server, send } from './server.js'

let server: Server | undefined
afterEach(() => server?.close())

interface Masked {
  readonly create?: typeof express
  readonly notFound?: RequestHandler
  /** What the app has behind its routes. */
  readonly last?: RequestHandler
}

/** The handlers that ran. A second route on the same path stands behind the masked one. */
async function start({ create = express, notFound, last }: Masked): Promise<readonly string[]> {
  const { iam } = createDocsIam()
  const { can, errors } = guard(iam, { ...(notFound && { notFound }) })
  const ran: string[] = []
  const runs =
    (name: string): RequestHandler =>
    (_req, res) => {
      ran.push(name)
      res.send(name)
    }
  const app: Express = create()
  app.get(
    '/folders/:folderId/documents/:documentId',
    can('docs:GetDocument', { resource: loadDocument, mask: 'notFound' }),
    runs('get'),
  )
  app.get('/folders/:folderId/documents/:documentId', runs('behind'))
  if (last) app.use(last)
  app.use(errors())
  server = await listen(app)
  return ran
}

/** The reply but for the time, and for the path that a page repeats. */
async function ask(path: string, name = 'ann'): Promise<RawReply> {
  const lines = [`GET ${path} HTTP/1.1`, `Authorization: Bearer ${name}`]
  const { status, headers, body } = await send(server?.port ?? 0, lines)
  const { date: _date, ...rest } = headers
  return { status, headers: rest, body: body.replaceAll(path, 'PATH') }
}

describe('401 always with WWW-Authenticate; no error code without credentials; 404 mask byte-equal to real 404', () => {
  it.each(FRAMEWORKS)(
    'answers as Express %s itself answers an unknown path',
    async (_v, create) => {
      const ran = await start({ create })
      const theirs = await ask('/folders/f1/documents/theirs')
      expect(theirs.status).toBe(404)
      expect(await ask('/folders/ffff/documents/none')).toEqual(theirs)
      expect(await ask('/folders/f1/documentz/theirs')).toEqual(theirs)
      expect(ran).toEqual([])
    },
  )

  it('answers as the app itself answers an unknown path', async () => {
    const notFound: RequestHandler = (_req, res) => {
      res.status(404).set('x-app', 'docs').json({ error: 'nothing here' })
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

  it.each<[string, RequestHandler]>([
    ['next()', (_req, _res, next) => next()],
    ["next('route')", (_req, _res, next) => next('route')],
    ["next('router')", (_req, _res, next) => next('router')],
    [
      'next() later',
      (_req, _res, next) => {
        setTimeout(next, 5)
      },
    ],
  ])('runs no handler though the app’s own answer calls %s', async (_title, notFound) => {
    const ran = await start({ notFound })
    const reply = await ask('/folders/f1/documents/theirs')
    expect([reply.status, ran]).toEqual([404, []])
  })
})
