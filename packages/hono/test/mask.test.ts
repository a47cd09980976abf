import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { guard } from '../src/index.js'
import { createDocsIam, loadDocument } from './docs.js'
import { bareConnection } from './server.js'

function start(notFound?: 'own') {
  const { iam } = createDocsIam()
  const { can, errors } = guard(iam, { connection: bareConnection })
  const ran: string[] = []
  const app = new Hono()
  app.use(async (c, next) => {
    await next()
    c.res.headers.set('x-app', 'docs')
  })
  app.get(
    '/folders/:folderId/documents/:documentId',
    can('docs:GetDocument', { resource: loadDocument, mask: 'notFound' }),
    (c) => {
      ran.push('get')
      return c.text('get')
    },
  )
  app.get('/folders/:folderId/documents/:documentId', (c) => {
    ran.push('behind')
    return c.text('behind')
  })
  if (notFound) app.notFound((c) => c.json({ error: 'nothing here' }, 404))
  app.onError(errors())
  const ask = async (
    path: string,
    headers: Record<string, string> = { authorization: 'Bearer ann' },
  ) => {
    const reply = await app.request(path, { headers })
    return { status: reply.status, headers: [...reply.headers], body: await reply.text() }
  }
  return { ask, ran }
}

describe('401 always with WWW-Authenticate; no error code without credentials; 404 mask byte-equal to real 404', () => {
  it.each([
    [undefined, '404 Not Found'],
    ['own', '{"error":"nothing here"}'],
  ] as const)('answers as the app itself answers an unknown path: %s', async (notFound, body) => {
    const { ask, ran } = start(notFound)
    const theirs = await ask('/folders/f1/documents/theirs')
    expect([theirs.status, theirs.body]).toEqual([404, body])
    expect(await ask('/folders/ffff/documents/none')).toEqual(theirs)
    expect(await ask('/folders/f1/documentz/theirs')).toEqual(theirs)
    expect(ran).toEqual([])
  })

  it('lets through who may', async () => {
    const { ask, ran } = start()
    expect((await ask('/folders/f1/documents/d1')).body).toBe('get')
    expect(ran).toEqual(['get'])
  })
})
