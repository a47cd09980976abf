import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { afterEach, describe, expect, it } from 'vitest'
import { guard } from '../src/index.js'
import { nodeConnection } from '../src/node.js'
import { createDocsIam } from './docs.js'
import { listen, type Server, send } from './server.js'

const { publicStatic, assertCovered } = guard(createDocsIam().iam, { connection: nodeConnection })

let server: Server | undefined
afterEach(() => server?.close())

describe('publicStatic', () => {
  it('serves its folder and nothing beside it, and is covered', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'iamkit-static-'))
    mkdirSync(join(folder, 'web'))
    writeFileSync(join(folder, 'web', 'page.html'), 'page')
    writeFileSync(join(folder, 'secret'), 'secret')
    const app = new Hono()
    const root = relative(process.cwd(), folder)
    app.use('/web/*', publicStatic(serveStatic({ root }), 'the web page'))
    let table = ''
    assertCovered(app, { print: (text) => (table = text) })
    expect(table).toContain('/web/*  public  "the web page"')
    server = await listen(app)
    const paths = ['/web/page.html', '/web/../secret', '/web/%2e%2e%2fsecret', '/web/..%5csecret']
    const bodies = await Promise.all(
      paths.map(async (path) => (await send(server?.port ?? 0, [`GET ${path} HTTP/1.1`])).body),
    )
    rmSync(folder, { recursive: true })
    expect(bodies[0]).toBe('page')
    expect(bodies.filter((body) => body === 'secret')).toEqual([])
  })

  it('refuses to serve without a reason', () => {
    expect(() => publicStatic(serveStatic({ root: 'web' }), ' ')).toThrow('say why')
  })
})
