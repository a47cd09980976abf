import { keptAccess } from '@iamkit/http'
import Router from '@koa/router'
import Koa from 'koa'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { accessOf, guard } from '../src/index.js'
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
    const [ours, theirs] = [guard(iam), copy.guard(iam)]
    const ran: string[] = []
    const router = new Router()
    theirs.protect(router, { 'GET /folders/:folderId': 'docs:ListDocuments' })
    router.get(PATH, theirs.can('docs:GetDocument', { resource: loadDocument }), (ctx) => {
      ran.push('get')
      ctx.body = [
        accessOf(ctx).resource,
        copy.accessOf(ctx).resource,
        keptAccess(ctx.req)?.resource,
      ]
    })
    router.get('/folders/:id', (ctx) => {
      ran.push('list')
      ctx.body = 'list'
    })
    const app = new Koa().use(ours.errors()).use(router.routes())
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
