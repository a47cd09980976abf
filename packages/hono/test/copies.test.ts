import { keptAccess } from '@iamkit/http'
import { Hono } from 'hono'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { accessOf, guard } from '../src/index.js'
import { nodeConnection } from '../src/node.js'
import { createDocsIam, loadDocument } from './docs.js'
import { listen, type Server, send } from './server.js'

let server: Server | undefined
afterEach(() => server?.close())

const PATH = '/folders/:folderId/documents/:documentId'

describe('two copies of the package in one process: still denied, still detected as covered', () => {
  it('whichever copy guards, covers and answers', async () => {
    const { iam } = createDocsIam()
    vi.resetModules()
    const copy = await import('../src/index.js')
    expect(copy.guard).not.toBe(guard)
    const options = { connection: nodeConnection }
    const [ours, theirs] = [guard(iam, options), copy.guard(iam, options)]
    const ran: string[] = []
    const app = new Hono<{ Bindings: { incoming: object } }>()
    theirs.protect(app, { 'GET /folders/:folderId': 'docs:ListDocuments' })
    app.get(PATH, theirs.can('docs:GetDocument', { resource: loadDocument }), (c) => {
      ran.push('get')
      const kept = [accessOf(c), copy.accessOf(c), keptAccess(c.env.incoming)]
      return c.json(kept.map((access) => access?.resource as object))
    })
    app.get('/folders/:id', (c) => {
      ran.push('list')
      return c.text('list')
    })
    app.onError(ours.errors())
    const print = () => {}
    expect(() => ours.assertCovered(app, { print })).not.toThrow()
    expect(() => theirs.assertCovered(app, { print })).not.toThrow()
    server = await listen(app)
    const ask = (path: string, name: string) =>
      send(server?.port ?? 0, [`GET ${path} HTTP/1.1`, `Authorization: Bearer ${name}`])
    const denied = await ask('/folders/f1/documents/d1', 'bob')
    expect([denied.status, denied.headers['content-type'], ran]).toEqual([
      403,
      'application/problem+json; charset=utf-8',
      [],
    ])
    expect((await ask('/folders/f1', 'mallory')).status).toBe(401)
    expect(ran).toEqual([])
    const found = { id: 'd1', team: 'eng' }
    const allowed = await ask('/folders/f1/documents/d1', 'ann')
    expect(JSON.parse(allowed.body)).toEqual([found, found, found])
  })
})
