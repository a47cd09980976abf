import { documents } from '@iamkit/http'
import express, { type RequestHandler } from 'express'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { accessOf, guard } from '../src/index.js'
import { createDocsIam, loadDocument } from './docs.js'
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
    const outer = oldRouter()
    outer.use('/folders/:folderId', inner)
    const app = create()
    app.use(outer)
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
