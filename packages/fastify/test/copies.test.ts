import { keptAccess } from '@iamkit/http'
import fastify from 'fastify'
import { describe, expect, it, vi } from 'vitest'
import { accessOf, guard } from '../src/index.js'
import { createDocsIam, loadDocument } from './docs.js'

const PATH = '/folders/:folderId/documents/:documentId'

describe('two copies of the package in one process: still denied, still detected as covered', () => {
  it('whichever copy guards, covers and answers', async () => {
    const { iam } = createDocsIam()
    vi.resetModules()
    const copy = await import('../src/index.js')
    expect(copy.guard).not.toBe(guard)
    const [ours, theirs] = [guard(iam), copy.guard(iam)]
    const ran: string[] = []
    const app = fastify()
    const print = () => {}
    ours.assertCovered(app, { print })
    theirs.assertCovered(app, { print })
    app.setErrorHandler(ours.errors())
    theirs.protect(app, { 'GET /folders/:folderId': 'docs:ListDocuments' })
    const preHandler = theirs.can('docs:GetDocument', { resource: loadDocument })
    app.get(PATH, { preHandler }, async (request) => {
      ran.push('get')
      return [accessOf(request), copy.accessOf(request), keptAccess(request.raw)].map(
        (access) => access?.resource,
      )
    })
    app.get('/folders/:folderId', async () => {
      ran.push('list')
      return 'list'
    })
    const ask = (url: string, name: string) =>
      app.inject({ url, headers: { authorization: `Bearer ${name}` } })
    const denied = await ask('/folders/f1/documents/d1', 'bob')
    expect([denied.statusCode, denied.headers['content-type'], ran]).toEqual([
      403,
      'application/problem+json; charset=utf-8',
      [],
    ])
    expect((await ask('/folders/f1', 'mallory')).statusCode).toBe(401)
    expect(ran).toEqual([])
    const found = { id: 'd1', team: 'eng' }
    expect((await ask('/folders/f1/documents/d1', 'ann')).json()).toEqual([found, found, found])
    await app.close()
  })
})
