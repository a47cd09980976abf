import { Hono } from 'hono'
import { RegExpRouter } from 'hono/router/reg-exp-router'
import { TrieRouter } from 'hono/router/trie-router'
import { describe, expect, it } from 'vitest'
import { guard } from '../src/index.js'
import { createDocsIam } from './docs.js'
import { bareConnection } from './server.js'

const { iam } = createDocsIam()
const { can, unguarded, errors, assertCovered } = guard(iam, { connection: bareConnection })
const handler = () => new Response('ok')

describe.each([
  ['its own router', () => new Hono()],
  ['a trie', () => new Hono({ router: new TrieRouter() })],
  ['a regular expression', () => new Hono({ router: new RegExpRouter() })],
])('an app of Hono with %s that was looked at', (_title, create) => {
  const built = () => {
    const app = create()
    app.get('/x', can('docs:ReadStatus'), handler)
    app.onError(errors())
    assertCovered(app, { print: () => {} })
    return app
  }

  it.each<[string, (app: Hono) => unknown]>([
    ['route', (app) => app.get('/late', handler)],
    ['guarded route', (app) => app.get('/late', can('docs:ReadStatus'), handler)],
    ['middleware', (app) => app.use(unguarded('answers', async () => handler()))],
    ['app', (app) => app.route('/', new Hono().get('/late', handler))],
    ['route of the same app under a path', (app) => app.basePath('/').all('/late', handler)],
    ['app of another kind', (app) => app.mount('/late', handler)],
  ])('takes no %s any more', async (_title, add) => {
    const app = built()
    expect(() => add(app)).toThrow(
      'invalid route `app`: added behind `assertCovered`, which has looked already: add it before',
    )
    expect((await app.request('/late')).status).toBe(404)
    const headers = { authorization: 'Bearer ann' }
    expect((await app.request('/x', { headers })).status).toBe(200)
  })

  it('may be looked at again, and within another', () => {
    const app = built()
    expect(assertCovered(app, { print: () => {} })).toHaveLength(1)
    expect(assertCovered(new Hono().route('/v1', app), { print: () => {} })).toHaveLength(1)
  })
})
