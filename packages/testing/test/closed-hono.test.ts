import { getRequestListener } from '@hono/node-server'
import { guard } from '@iamkit/hono'
import { nodeConnection } from '@iamkit/hono/node'
import { type Handler, Hono } from 'hono'
import { LinearRouter } from 'hono/router/linear-router'
import { PatternRouter } from 'hono/router/pattern-router'
import { TrieRouter } from 'hono/router/trie-router'
import { Hono as Hono40 } from 'hono-4-0'
import { describe, expect, it } from 'vitest'
import {
  type BypassError,
  type BypassOptions,
  type BypassReport,
  expectNoBypass,
} from '../src/index.js'
import { iam } from './notes.js'
import { thorough } from './thorough.js'

const { can, publicRoute, publicStatic, unguarded, errors, protect, assertCovered } = guard(iam, {
  connection: nodeConnection,
})

/** Every method with a path as it is. */
const PLAIN = 37

const serve: Handler = (c) => c.text('served')
const peek: Handler = (c) => c.body(null, 403)

async function searched(app: Hono, options: BypassOptions = {}): Promise<BypassReport> {
  // Hono 4.0 answers nothing any more if its first request has a method of which there is no route.
  await app.request('/')
  return expectNoBypass(app, { ...options, listener: getRequestListener(app.fetch) })
}

async function runsIn(app: Hono): Promise<readonly (readonly string[])[]> {
  const { bypasses } = await searched(app, { limit: PLAIN }).then(
    () => expect.unreachable('nothing was found'),
    (error: unknown) => error as BypassError,
  )
  return bypasses.map(({ method, what }) => [method, what])
}

const VERSIONS = [
  ['4.13', Hono],
  ['4.0', Hono40 as unknown as typeof Hono],
] as const

describe.each(VERSIONS)('expectNoBypass on an app of Hono %s', { timeout: 120_000 }, (_, App) => {
  it('finds nothing that is open, and aims at every route', async () => {
    const app = new App().onError(errors())
    app.use(unguarded('counts', (_c, next) => next()))
    app.get('/health', publicRoute('load balancer'), serve)
    const api = new App()
    api.delete('/:noteId{[a-z0-9]+}', can('notes:DeleteNote'), serve)
    app.route('/v1', api)
    protect(app, { 'GET /table/:noteId': 'notes:GetNote', 'GET /help': { public: 'help' } })
    app.get('/help', serve)
    app.get('/table/:id', serve)
    app.get(
      '/files/*',
      publicStatic(async (c) => c.text('a file'), 'tests'),
    )
    assertCovered(app, { print: () => {} })
    const { router } = app
    const { routes, unreached } = await searched(app, { thorough })
    expect(unreached).toEqual([])
    expect(new Set(routes)).toEqual(
      new Set([...['/health', '/v1/:noteId{[a-z0-9]+}', '/table/:noteId', '/help', '/files/*']]),
    )
    expect(app.router).toBe(router)
  })

  it('finds nothing where the caller is allowed, and lets the handler run', async () => {
    let ran = 0
    const app = new App().onError(errors())
    app.get('/:noteId', can('notes:GetNote'), (c) => {
      ran += 1
      return c.text('a note')
    })
    await searched(app, { headers: ['Authorization: Bearer ann'] })
    expect(ran).toBeGreaterThan(50)
  })

  it('finds a handler that runs and hides it behind a refusal', async () => {
    expect(await runsIn(new App().get('/secret', peek))).toEqual([
      ['GET', 'handler `peek` of `GET /secret` ran'],
      ['HEAD', 'handler `peek` of `GET /secret` ran'],
    ])
  })
})

describe('expectNoBypass on Hono', () => {
  it.each([
    ['linear', new LinearRouter<never>()],
    ['pattern', new PatternRouter<never>()],
    ['trie', new TrieRouter<never>()],
  ])('sees handlers behind the %s router', async (_name, router) => {
    const app = new Hono({ router }).get('/secret', peek)
    expect(await runsIn(app)).toContainEqual(['GET', 'handler `peek` of `GET /secret` ran'])
  })

  it('takes on `all` for a handler what cannot go on, and for middleware what can', async () => {
    const app = new Hono()
    app.use('/secret', async (c, next) => {
      await next()
      c.res = c.body(null, 403)
    })
    app.all('/secret', peek)
    const runs = await runsIn(app)
    expect(runs).toContainEqual(['PUT', 'handler `peek` of `* /secret` ran'])
    expect(new Set(runs.map(([, what]) => what)).size).toBe(1)
  })

  it('wants to know what serves the app', async () => {
    await expect(expectNoBypass(new Hono().get('/secret', serve))).rejects.toMatchObject({
      code: 'ERR_BYPASS_OPTIONS_INVALID',
      message:
        'cannot look for bypasses: a Hono app needs `listener`: `getRequestListener(app.fetch)` of `@hono/node-server`',
    })
  })

  it('says so where the listener keeps the request to itself', async () => {
    const app = new Hono().get('/secret', peek)
    const listener = getRequestListener((request) => app.fetch(request))
    await expect(expectNoBypass(app, { listener, limit: PLAIN })).rejects.toThrow(
      '`listener` hands no request of Node on: `getRequestListener(app.fetch)` does',
    )
  })
})
