import { guard } from '@iamkit/express'
import express, { type Express, type RouterOptions } from 'express'
import { describe, expect, it } from 'vitest'
import { expectNoBypass } from '../src/index.js'
import { iam } from './notes.js'
import { thorough } from './thorough.js'

const { can, publicRoute, publicStatic, unguarded, errors, protect, covered, assertCovered } =
  guard(iam)

const serve: express.RequestHandler = (_req, res) => {
  res.send('served')
}

function closedApp(routing: RouterOptions): Express {
  const app = express()
  app.set('case sensitive routing', routing.caseSensitive)
  app.set('strict routing', routing.strict)
  const api = express.Router(routing)
  api
    .route('/notes/:noteId')
    .get(can('notes:GetNote'), serve)
    .delete(
      unguarded('counts', (_req, _res, next) => next()),
      can('notes:DeleteNote'),
      serve,
    )
  app.get('/health', publicRoute('load balancer'), serve)
  app.use(express.json())
  app.use('/v1', api)
  return app.use(errors())
}

/** By a table, in an app in an app, and as files. */
function otherwiseClosedApp(): Express {
  const tabled = express.Router()
  protect(tabled, { 'GET /:noteId': 'notes:GetNote', 'GET /help': { public: 'help' } })
  tabled.get('/help', serve)
  tabled.get('/:noteId', serve)
  return express()
    .use('/table', tabled)
    .use('/app', covered(express().get('/:noteId', can('notes:GetNote'), serve)))
    .use('/files', publicStatic(import.meta.dirname, 'tests'))
    .use(errors())
}

const ROUTINGS = [
  ['default', { caseSensitive: false, strict: false }],
  ['strict', { caseSensitive: false, strict: true }],
  ['case-sensitive', { caseSensitive: true, strict: false }],
] as const

describe('expectNoBypass on a closed app', { timeout: 120_000 }, () => {
  it.each(ROUTINGS)('finds nothing with %s routing', async (_title, routing) => {
    const app = closedApp(routing)
    assertCovered(app, { print: () => {} })
    const { routes, unreached } = await expectNoBypass(app, { thorough })
    expect(unreached).toEqual([])
    expect(routes).toEqual(['/health', '/v1/notes/:noteId'])
  })

  it('finds nothing where routes are guarded in other ways', async () => {
    const app = otherwiseClosedApp()
    assertCovered(app, { print: () => {} })
    const { routes } = await expectNoBypass(app, { thorough })
    expect(routes).toEqual(['/table/:noteId', '/table/help', '/app/:noteId', '/files'])
  })

  it('finds nothing where the caller is known and may do nothing', async () => {
    const app = express().get('/:noteId', can('notes:GetNote'), serve).use(errors())
    await expectNoBypass(app, { headers: ['Authorization: Bearer bob'] })
  })

  it('finds nothing where the caller is allowed, and lets the handler run', async () => {
    let ran = 0
    const count: express.RequestHandler = (_req, res) => {
      ran += 1
      res.end()
    }
    const app = express().get('/:noteId', can('notes:GetNote'), count).use(errors())
    await expectNoBypass(app, { headers: ['Authorization: Bearer ann'] })
    expect(ran).toBeGreaterThan(50)
  })

  it('leaves the app as it was', async () => {
    const app = express().get('/:noteId', can('notes:GetNote'), serve).use(errors())
    const handles = () =>
      app.router.stack.flatMap(({ route }) => route?.stack.map((layer) => layer.handle))
    const before = handles()
    await expectNoBypass(app, { thorough })
    expect(handles()).toEqual(before)
    assertCovered(app, { print: () => {} })
  })
})

describe('expectNoBypass on an app that does not tell its paths', () => {
  it('wants them to be named', async () => {
    const app = express()
      .get(/^\/n[0-9]+$/, can('notes:ListNotes'), serve)
      .use(errors())
    await expect(expectNoBypass(app)).rejects.toMatchObject({
      code: 'ERR_BYPASS_OPTIONS_INVALID',
      message:
        'cannot look for bypasses: name paths of `/^\\/n[0-9]+$/` in `routes`: the router does not tell them',
    })
    const report = await expectNoBypass(app, { routes: ['/n1'] })
    expect(report).toMatchObject({ routes: ['/n1'], unreached: [] })
  }, 60_000)
})
