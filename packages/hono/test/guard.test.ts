import { Hono } from 'hono'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { accessOf, guard } from '../src/index.js'
import { createDocsIam, documentTags, loadDocument, type StoredDocument } from './docs.js'
import { RUNTIMES } from './server.js'

describe.each(RUNTIMES)('a guarded app on $runtime', ({ connection, open }) => {
  const { iam, faults } = createDocsIam()
  const { can, publicRoute, errors, assertCovered } = guard(iam, { connection })
  const ran: string[] = []
  let served: Awaited<ReturnType<typeof open>>

  beforeAll(async () => {
    const app = new Hono()
    app.get('/health', publicRoute('load balancer'), (c) => {
      ran.push('health')
      return c.text('ok')
    })
    app.get('/folders/:folderId/documents', can('docs:ListDocuments'), (c) => {
      ran.push('list')
      return c.json([])
    })
    app.get(
      '/folders/:folderId/documents/:documentId',
      can('docs:GetDocument', { resource: loadDocument }),
      (c) => {
        ran.push(`get ${c.req.param('documentId')}`)
        return c.json(accessOf<StoredDocument>(c).resource)
      },
    )
    app.put(
      '/folders/:folderId/documents/:documentId',
      can('docs:CreateDocument', {
        requestTags: documentTags,
        context: ({ body }) => ({
          'docs:Classification': (body as { classification: string }).classification,
        }),
      }),
      async (c) => {
        ran.push('create')
        expect(Object.keys(await c.req.json())).toContain('tags')
        return c.json(accessOf(c).requestTags, 201)
      },
    )
    app.onError(errors())
    assertCovered(app, { print: () => {} })
    served = await open(app)
  })
  beforeEach(() => {
    ran.length = 0
    faults.length = 0
  })
  afterAll(() => served.close())

  const ask = (path: string, init: RequestInit & { as?: string } = {}) =>
    served.ask(path, {
      ...init,
      headers: {
        ...(init.as && { authorization: `Bearer ${init.as}` }),
        ...(init.body && { 'content-type': 'application/json' }),
      },
    })

  it('runs the handler of an allowed request, with the loaded object', async () => {
    const reply = await ask('/folders/f1/documents/d1', { as: 'ann' })
    expect(reply.status).toBe(200)
    expect(await reply.json()).toEqual({ id: 'd1', team: 'eng' })
    expect(ran).toEqual(['get d1'])
  })

  it('refuses with a problem that names action, resource and decision', async () => {
    const reply = await ask('/folders/f1/documents/d1', { as: 'bob' })
    expect(reply.status).toBe(403)
    expect(ran).toEqual([])
    expect(await reply.json()).toEqual({
      type: 'urn:iamkit:problem:access-denied',
      title: 'Access denied',
      status: 403,
      detail: 'not authorized to perform docs:GetDocument on this resource',
      instance: expect.stringMatching(/^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      action: 'docs:GetDocument',
      resource: 'arn:aws:docs::acme:folder/f1/document/d1',
    })
  })

  it('keeps refusals out of every cache', async () => {
    const { headers } = await ask('/folders/f1/documents/d1', { as: 'bob' })
    expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('vary')).toBe('Authorization')
    expect(headers.get('transfer-encoding')).toBeNull()
    expect(headers.get('www-authenticate')).toBeNull()
  })

  it('asks for credentials where there are none, without an error code', async () => {
    const reply = await ask('/folders/f1/documents/d1')
    expect(reply.status).toBe(401)
    expect(reply.headers.get('www-authenticate')).toBe('Bearer')
    expect(ran).toEqual([])
  })

  it('says that credentials do not hold', async () => {
    const reply = await ask('/folders/f1/documents/d1', { as: 'mallory' })
    expect(reply.status).toBe(401)
    expect(reply.headers.get('www-authenticate')).toBe(
      'Bearer error="invalid_token", error_description="nobody has that name"',
    )
    expect(ran).toEqual([])
  })

  it('answers 404 to those who may see that there is nothing', async () => {
    const reply = await ask('/folders/f1/documents/none', { as: 'adm' })
    expect(reply.status).toBe(404)
    expect(await reply.json()).toMatchObject({ type: 'urn:iamkit:problem:not-found' })
    expect(ran).toEqual([])
  })

  it('answers 403 for nothing to everybody else', async () => {
    const reply = await ask('/folders/f1/documents/none', { as: 'ann' })
    expect(reply.status).toBe(403)
    expect(ran).toEqual([])
  })

  it('lets a declared public route run for everybody', async () => {
    const reply = await ask('/health')
    expect(await reply.text()).toBe('ok')
    expect(ran).toEqual(['health'])
  })

  it('gives the handler the request tags that were decided about', async () => {
    const body = JSON.stringify({ tags: { team: 'eng' }, classification: 'public' })
    const reply = await ask('/folders/f1/documents/d9', { as: 'ann', method: 'PUT', body })
    expect(reply.status).toBe(201)
    expect(await reply.json()).toEqual({ team: 'eng' })
  })

  it.each([
    ['another team', { tags: { team: 'ops' }, classification: 'public' }],
    ['no tags', { classification: 'public' }],
    ['an unknown tag key', { tags: { team: 'eng', owner: 'ann' }, classification: 'public' }],
    ['a denied classification', { tags: { team: 'eng' }, classification: 'secret' }],
  ])('refuses to create with %s', async (_title, document) => {
    const body = JSON.stringify(document)
    const reply = await ask('/folders/f1/documents/d9', { as: 'ann', method: 'PUT', body })
    expect(reply.status).toBe(403)
    expect(ran).toEqual([])
  })
})
