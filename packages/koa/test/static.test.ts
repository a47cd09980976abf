import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Router from '@koa/router'
import Koa from 'koa'
import serve from 'koa-static'
import { afterEach, describe, expect, it } from 'vitest'
import { guard } from '../src/index.js'
import { createDocsIam } from './docs.js'
import { listen, type Server, send } from './server.js'

const { can, publicStatic, publicRoute, covered, errors, assertCovered } = guard(
  createDocsIam().iam,
)

let server: Server | undefined
afterEach(() => server?.close())

async function bodyOf(path: string, ...headers: readonly string[]): Promise<string> {
  return (await send(server?.port ?? 0, [`GET ${path} HTTP/1.1`, ...headers])).body
}

describe('publicStatic', () => {
  it('serves its folder and nothing beside it, and is covered', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'iamkit-static-'))
    mkdirSync(join(folder, 'web'))
    writeFileSync(join(folder, 'web', 'page.html'), 'page')
    writeFileSync(join(folder, 'web', '.env'), 'secret')
    writeFileSync(join(folder, 'secret'), 'secret')
    const app = new Koa().use(publicStatic(serve(join(folder, 'web')), 'the web page'))
    let table = ''
    assertCovered(app, { print: (text) => (table = text) })
    expect(table).toContain('public  "the web page"')
    server = await listen(app)
    const paths = ['/page.html', '/../secret', '/%2e%2e%2fsecret', '/..%5csecret', '/.env']
    const bodies = await Promise.all(paths.map((path) => bodyOf(path)))
    rmSync(folder, { recursive: true })
    expect(bodies[0]).toBe('page')
    expect(bodies.filter((body) => body.includes('secret'))).toEqual([])
  })

  it('refuses to serve without a reason', () => {
    expect(() => publicStatic(serve('web'), ' ')).toThrow('say why')
  })
})

describe('covered', () => {
  it('lets an app be looked into, and uses it', async () => {
    const inner = new Koa()
    const admin = new Router({ prefix: '/admin' })
    admin.get('/status', can('docs:ReadStatus'), (ctx) => {
      ctx.body = 'inner'
    })
    inner.use(admin.routes())
    const own = new Router()
    own.get('/health', publicRoute('load balancer'), (ctx) => {
      ctx.body = 'outer'
    })
    const app = new Koa().use(errors()).use(covered(inner)).use(own.routes())
    let table = ''
    assertCovered(app, { print: (text) => (table = text) })
    expect(table).toContain('/admin/status  docs:ReadStatus')
    server = await listen(app)
    expect(await bodyOf('/admin/status')).toContain('unauthenticated')
    expect(await bodyOf('/admin/status', 'Authorization: Bearer ann')).toBe('inner')
    expect(await bodyOf('/health')).toBe('outer')
  })

  it('finds what is open in the app', () => {
    const inner = new Koa()
    const router = new Router()
    router.get('/open', (ctx) => {
      ctx.body = 'open'
    })
    inner.use(router.routes())
    const app = new Koa().use(covered(inner))
    expect(() => assertCovered(app, { print: () => {} })).toThrow('`GET,HEAD /open`')
  })
})
