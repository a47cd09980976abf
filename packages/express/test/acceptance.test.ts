import { METHODS } from 'node:http'
import { documents } from '@iamkit/http'
import express, { type RequestHandler } from 'express'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { accessOf, guard } from '../src/index.js'
import { createDocsIam, documentTags, loadDocument } from './docs.js'
import { FRAMEWORKS, listen, oldRouter, type Server, send } from './server.js'

let server: Server | undefined
const ran: string[] = []
afterEach(async () => {
  ran.length = 0
  await server?.close()
})

const runs =
  (name: string): RequestHandler =>
  (_req, res) => {
    ran.push(name)
    res.send(name)
  }

async function ask(line: string, ...headers: readonly string[]) {
  return send(server?.port ?? 0, [`${line} HTTP/1.1`, ...headers])
}

const PATH = '/folders/:folderId/documents/:documentId'
const ANN = 'Authorization: Bearer ann'
const BOB = 'Authorization: Bearer bob'
const ADM = 'Authorization: Bearer adm'

describe.each(FRAMEWORKS)('on Express %s', (_version, create) => {
  describe('every verb in `http.METHODS` against guarded, public and unmapped routes: handler runs only on allow', () => {
    async function start() {
      const { can, protect, publicRoute, errors } = guard(createDocsIam().iam)
      const app = create()
      app.all('/guarded/:folderId', can('docs:ListDocuments'), runs('guarded'))
      app.all('/public', publicRoute('test'), runs('public'))
      protect(app, { 'ALL /tabled/:folderId': { GET: 'docs:ListDocuments' } })
      app.all('/tabled/:folderId', runs('tabled'))
      app.use(errors())
      server = await listen(app)
    }

    // CONNECT does not reach routes: Node closes the connection.
    it.each([...METHODS].filter((method) => method !== 'CONNECT'))('%s', async (method) => {
      await start()
      expect((await ask(`${method} /guarded/f1`)).status).toBe(401)
      expect((await ask(`${method} /tabled/f1`)).status).toBe(
        method === 'GET' || method === 'HEAD' ? 401 : 405,
      )
      expect((await ask(`${method} /unmapped`, ANN)).status).toBe(404)
      expect(ran).toEqual([])
      await ask(`${method} /public`)
      await ask(`${method} /guarded/f1`, ANN)
      await ask(`${method} /tabled/f1`, ANN)
      const isTabled = method === 'GET' || method === 'HEAD'
      expect(ran).toEqual(['public', 'guarded', ...(isTabled ? ['tabled'] : [])])
    })
  })

  describe('decoded `/`, `*`, `${`, NUL, empty segment, 1 KB segment in path params: 400, never a wider ARN', () => {
    it.each([
      '%2f',
      'a%2fb',
      '%2A',
      '*',
      '%3f',
      '$%7baws:username%7d',
      '%00',
      '%2e%2e',
      '%5c',
      '%252f',
      'a:b',
      '%0d%0a',
      'x'.repeat(1024),
    ])('`%s`', async (segment) => {
      const { can, errors } = guard(createDocsIam().iam)
      const app = create()
      app.get(PATH, can('docs:GetDocument'), runs('get'))
      app.use(errors())
      server = await listen(app)
      for (const path of [`/folders/${segment}/documents/d1`, `/folders/f1/documents/${segment}`]) {
        expect([(await ask(`GET ${path}`, ADM)).status, ran]).toEqual([400, []])
      }
      expect((await ask('GET /folders//documents/d1', ADM)).status).toBe(404)
      expect(ran).toEqual([])
    })
  })

  describe('array/duplicate/`__proto__` tags: 400; tag from body never readable as ResourceTag', () => {
    async function put(body: string, name = 'adm') {
      const { can, errors } = guard(createDocsIam().iam)
      const app = create()
      const options = { requestTags: documentTags, context: () => ({}) }
      app.put(PATH, create.json(), can('docs:CreateDocument', options), runs('put'))
      app.post(PATH, create.json(), can('docs:GetDocument'), runs('post'))
      app.use(errors())
      server = await listen(app)
      return async (method: string) => {
        const lines = [
          `${method} /folders/f1/documents/d1 HTTP/1.1`,
          `Authorization: Bearer ${name}`,
          'Content-Type: application/json',
          `Content-Length: ${Buffer.byteLength(body)}`,
        ]
        return send(server?.port ?? 0, lines, body)
      }
    }

    it.each([
      '{"tags":["team"]}',
      '{"tags":{"team":["eng"]}}',
      '{"tags":{"team":{"$ne":""}}}',
      '{"tags":{"team":"eng","Team":"ops"}}',
      '{"tags":{"__proto__":"eng"}}',
      '{"tags":{"constructor":"eng"}}',
      '{"tags":{"team":null}}',
      '{"tags":7}',
    ])('%s', async (body) => {
      const reply = await (await put(body))('PUT')
      expect([reply.status, ran]).toEqual([400, []])
    })

    it('a body says nothing of the resource', async () => {
      const reply = await (await put('{"tags":{"team":"eng"}}', 'ann'))('POST')
      expect([reply.status, ran]).toEqual([403, []])
    })
  })

  describe('loader throws / store down / policy invalid: 5xx, handler not run, logged', () => {
    const broken = () => {
      throw new Error('down')
    }
    it.each([
      ['loader throws', {}, { resource: broken }],
      ['store down', { policies: broken }, {}],
      ['policy invalid', { policies: () => ({ identity: ['*'] }) as never }, {}],
      ['identity down', { identify: broken }, {}],
    ])('%s', async (_title, options, route) => {
      const { iam, faults } = createDocsIam(options)
      const { can, errors } = guard(iam)
      const app = create()
      app.get(PATH, can('docs:GetDocument', route), runs('get'))
      app.use(errors())
      server = await listen(app)
      const reply = await ask('GET /folders/f1/documents/d1', ADM)
      expect([reply.status >= 500, ran, faults.length]).toEqual([true, [], 1])
    })
  })
})

describe('two copies of the package in one process: still denied, still detected as covered', () => {
  it('whichever copy guards, covers and answers', async () => {
    const { iam } = createDocsIam()
    vi.resetModules()
    const copy = await import('../src/index.js')
    expect(copy.guard).not.toBe(guard)
    const ours = guard(iam)
    const theirs = copy.guard(iam)
    const app = express()
    app.get(PATH, theirs.can('docs:GetDocument', { resource: loadDocument }), (req, res) => {
      ran.push('get')
      res.json([accessOf(req).resource, copy.accessOf(req).resource])
    })
    theirs.protect(app, { 'GET /folders/:folderId': 'docs:ListDocuments' })
    app.get('/folders/:id', runs('list'))
    app.use(ours.errors())
    const print = () => {}
    expect(() => ours.assertCovered(app, { print })).not.toThrow()
    expect(() => theirs.assertCovered(app, { print })).not.toThrow()
    server = await listen(app)
    const denied = await ask('GET /folders/f1/documents/d1', BOB)
    expect([denied.status, denied.headers['content-type'], ran]).toEqual([
      403,
      'application/problem+json; charset=utf-8',
      [],
    ])
    const allowed = await ask('GET /folders/f1/documents/d1', ANN)
    expect(JSON.parse(allowed.body)).toEqual([
      { id: 'd1', team: 'eng' },
      { id: 'd1', team: 'eng' },
    ])
  })
})

describe('express 5.0.0 (router without `rawPath`) still enforces; only the printed mount path degrades', () => {
  it('in a router within a router', async () => {
    const { can, errors, assertCovered } = guard(createDocsIam().iam)
    const [, [, create]] = FRAMEWORKS as [unknown, [string, typeof express]]
    const inner = oldRouter({ mergeParams: true })
    inner.get(
      '/documents/:documentId',
      can('docs:GetDocument', { parentParams: ['folderId'] }),
      runs('get'),
    )
    const app = create()
    app.use('/folders/:folderId', inner)
    app.use(errors())
    let table = ''
    assertCovered(app, { print: (text) => (table = text) })
    expect(table).toBe(
      'iamkit  route coverage\n  GET,HEAD /…/documents/:documentId  docs:GetDocument',
    )
    server = await listen(app)
    expect((await ask('GET /folders/f1/documents/d1', BOB)).status).toBe(403)
    expect(ran).toEqual([])
    await ask('GET /folders/f1/documents/d1', ADM)
    expect(ran).toEqual(['get'])
  })
})

describe('policies that change under a running app', () => {
  it('hold from the next request on', async () => {
    const allow = { Statement: { Effect: 'Allow', Action: 'docs:*', Resource: '*' } } as const
    const deny = { Statement: { Effect: 'Deny', Action: 'docs:*', Resource: '*' } } as const
    let policies = documents({ identity: [allow] })
    const { iam } = createDocsIam({ policies: (question) => policies(question) })
    const { can, errors } = guard(iam)
    const app = express()
    app.get(PATH, can('docs:GetDocument'), runs('get'))
    app.use(errors())
    server = await listen(app)
    await ask('GET /folders/f1/documents/d1', ANN)
    policies = documents({ identity: [deny] })
    expect((await ask('GET /folders/f1/documents/d1', ANN)).status).toBe(403)
    expect(ran).toEqual(['get'])
  })
})
