import express, { type Express, type RequestHandler, type RequestParamHandler } from 'express'
import { describe, expect, it } from 'vitest'
import { guard } from '../src/index.js'
import { createDocsIam } from './docs.js'
import { FRAMEWORKS, listen, oldRouter, send } from './server.js'

const { iam } = createDocsIam()
const { can, covered, protect, publicRoute, unguarded, errors, assertCovered } = guard(iam)
const list = can('docs:ListDocuments', { arn: () => 'arn:aws:docs::acme:folder/f1' })
const handler: RequestHandler = (_req, res) => {
  res.send('ok')
}
const answer: RequestParamHandler = (_req, res) => {
  res.send('all that is secret')
}
const pass = unguarded('loads the folder', (_req, _res, next) => next())

function openRoutes(build: (app: Express) => void): readonly string[] {
  const app = express()
  build(app)
  try {
    assertCovered(app, { print: () => {} })
    return []
  } catch (error) {
    return (error as { routes: readonly string[] }).routes
  }
}

describe('a handler of `router.param`', () => {
  it.each(FRAMEWORKS)('runs before the guard, on Express %s', async (_version, create) => {
    const app = create()
    app.param('folderId', answer)
    app.get('/folders/:folderId', list, handler)
    app.use(errors())
    const server = await listen(app as Express)
    const reply = await send(server.port, ['GET /folders/f1 HTTP/1.1'])
    await server.close()
    expect(reply).toMatchObject({ status: 200, body: 'all that is secret' })
    let table = ''
    const look = () => assertCovered(app as Express, { print: (text) => (table = text) })
    expect(look).toThrow('1 route is reachable without a decision: `GET,HEAD /folders/:folderId`')
    expect(table).toContain("`router.param('folderId')` runs before the guard")
  })

  it.each<[string, (app: Express) => unknown, readonly string[]]>([
    ['a wildcard', (app) => app.get('/x/*folderId', list, handler), ['GET,HEAD /x/*folderId']],
    [
      'an optional name',
      (app) => app.get('/x{/:folderId}', list, handler),
      ['GET,HEAD /x{/:folderId}'],
    ],
    [
      'a name in quotes',
      (app) => app.get('/x/:"folderId"', list, handler),
      ['GET,HEAD /x/:"folderId"'],
    ],
    [
      'a name in an expression',
      (app) => app.get(/^\/x\/(?<folderId>\d+)$/, list, handler),
      ['GET,HEAD /^\\/x\\/(?<folderId>\\d+)$/'],
    ],
    [
      'one of several paths',
      (app) => app.get(['/x', '/y/:folderId'], list, handler),
      ['GET,HEAD /x | /y/:folderId'],
    ],
    [
      'the path of a mount',
      (app) => app.use('/x/:folderId', express.Router().get('/y', list, handler)),
      ['GET,HEAD /x/:folderId/y'],
    ],
    [
      'the path of an app that is looked into',
      (app) => app.use('/x/:folderId', covered(express().get('/y', list, handler))),
      ['GET,HEAD /x/:folderId/y'],
    ],
    [
      'a path that is not known',
      (app) => {
        const outer = oldRouter()
        outer.param('folderId', answer)
        outer.use('/x/:folderId', oldRouter().get('/y', list, handler))
        app.use(outer)
      },
      ['GET,HEAD /…/y'],
    ],
    [
      'a row of the table',
      (app) => {
        protect(app, { 'GET /folders/:folderId': 'docs:ListDocuments' })
        app.get('/folders/:id', handler)
      },
      ['GET,HEAD /folders/:id'],
    ],
    [
      'a mount before a row of the table',
      (app) => {
        const router = express.Router()
        protect(router, { 'GET /y': 'docs:ReadStatus' })
        app.use('/x/:folderId', router.get('/y', handler))
      },
      ['GET,HEAD /x/:folderId/y'],
    ],
  ])('is found before %s', (_title, build, expected) => {
    const found = openRoutes((app) => {
      app.param('folderId', answer)
      build(app)
    })
    expect(found).toEqual(expected)
  })

  it.each<[string, (app: Express) => unknown]>([
    ['says why it may', (app) => app.param('id', pass).get('/x/:id', list, handler)],
    ['has another name', (app) => app.param('other', answer).get('/x/:id', list, handler)],
    [
      'everybody may cause to run',
      (app) => app.param('id', answer).get('/x/:id', publicRoute('x'), handler),
    ],
    [
      'is of another router',
      (app) => {
        const router = express.Router()
        router.param('id', answer)
        app.use(router).get('/x/:id', list, handler)
      },
    ],
    [
      'stands behind a row of the table',
      (app) => {
        protect(app, { 'GET /folders/:folderId': 'docs:ListDocuments' })
        app.param('id', answer).get('/folders/:id', handler)
      },
    ],
    [
      'says why it may before a row of the table',
      (app) => {
        app.param('folderId', pass)
        protect(app, { 'GET /folders/:folderId': 'docs:ListDocuments' })
        app.get('/folders/:folderId', handler)
      },
    ],
  ])('that %s is let be', (_title, build) => {
    expect(openRoutes(build)).toEqual([])
  })
})
