import '../src/augment.js'
import express from 'express'
import { afterEach, describe, expect, it } from 'vitest'
import { guard } from '../src/index.js'
import { createDocsIam, loadDocument } from './docs.js'
import { listen, type Server, send } from './server.js'

let server: Server | undefined
afterEach(() => server?.close())

describe('req.iam', () => {
  it('is what the guard has allowed, and undefined where none has', async () => {
    const { can, publicRoute } = guard(createDocsIam().iam)
    const app = express()
    app.get('/health', publicRoute('test'), (req, res) => {
      res.json(req.iam === undefined)
    })
    app.get(
      '/folders/:folderId/documents/:documentId',
      can('docs:GetDocument', { resource: loadDocument }),
      (req, res) => {
        res.json(req.iam?.resource)
      },
    )
    server = await listen(app)
    const { port } = server
    expect((await send(port, ['GET /health HTTP/1.1'])).body).toBe('true')
    const reply = await send(port, [
      'GET /folders/f1/documents/d1 HTTP/1.1',
      'Authorization: Bearer ann',
    ])
    expect(JSON.parse(reply.body)).toEqual({ id: 'd1', team: 'eng' })
  })
})
