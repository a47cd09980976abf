import { describe, expect, it } from 'vitest'
import { guard } from '../src/index.js'
import { createDocsIam, loadDocument } from './docs.js'
import { FRAMEWORKS } from './server.js'

describe.each(FRAMEWORKS)(
  '401 always with WWW-Authenticate; no error code without credentials; 404 mask byte-equal to real 404, on Fastify %s',
  (_, fastify) => {
    function start(notFound?: 'own') {
      const { iam } = createDocsIam()
      const { can, errors } = guard(iam)
      const ran: string[] = []
      const app = fastify()
      app.setErrorHandler(errors())
      app.addHook('onSend', async (_request, reply) => {
        reply.header('x-app', 'docs')
      })
      if (notFound) {
        app.setNotFoundHandler(async (_request, reply) => {
          await new Promise((resolve) => setTimeout(resolve, 5))
          return reply.code(404).send({ error: 'nothing here' })
        })
      }
      const masked = can('docs:GetDocument', { resource: loadDocument, mask: 'notFound' })
      app.get('/folders/:folderId/documents/:documentId', { preHandler: masked }, async () => {
        ran.push('get')
        return 'get'
      })
      const ask = async (
        url: string,
        headers: Record<string, string> = { authorization: 'Bearer ann' },
      ) => {
        const reply = await app.inject({ url, headers })
        const { date: _date, 'content-length': _length, ...rest } = reply.headers
        return { status: reply.statusCode, headers: rest, body: reply.body.replaceAll(url, 'PATH') }
      }
      return { ask, ran }
    }

    it.each([
      [undefined, '{"message":"Route GET:PATH not found","error":"Not Found","statusCode":404}'],
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
  },
)
