import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import files from '@fastify/static'
import fastify, { type FastifyInstance } from 'fastify'
import { describe, expect, it } from 'vitest'
import { guard } from '../src/index.js'
import { createDocsIam } from './docs.js'
import { listen, send } from './server.js'

const { publicStatic, assertCovered } = guard(createDocsIam().iam)

describe('publicStatic', () => {
  it('serves its folder and nothing beside it, and is covered', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'iamkit-static-'))
    mkdirSync(join(folder, 'web'))
    writeFileSync(join(folder, 'web', 'page.html'), 'page')
    writeFileSync(join(folder, 'secret'), 'secret')
    const app = fastify()
    let table = ''
    assertCovered(app, { print: (text) => (table = text) })
    app.register(publicStatic(files, 'the web page'), {
      root: join(folder, 'web'),
      prefix: '/web/',
    })
    const port = await listen(app)
    expect(table).toContain(' /web/*  public  "the web page"')
    const paths = ['/web/page.html', '/web/../secret', '/web/%2e%2e%2fsecret', '/web/..%5csecret']
    const bodies = await Promise.all(
      paths.map(async (path) => (await send(port, [`GET ${path} HTTP/1.1`])).body),
    )
    await app.close()
    rmSync(folder, { recursive: true })
    expect(bodies[0]).toBe('page')
    expect(bodies.filter((body) => body === 'secret')).toEqual([])
  })

  it('covers no route that writes, and none of the app around it', async () => {
    const app = fastify()
    assertCovered(app, { print: () => {} })
    app.register(
      publicStatic(async (plugin: FastifyInstance) => {
        plugin.get('/read', async () => 'read')
        plugin.post('/write', async () => 'write')
      }, 'files'),
    )
    app.get('/beside', async () => 'beside')
    await expect(app.ready()).rejects.toThrow(
      '2 routes are reachable without a decision: `GET,HEAD /beside`, `POST /write`',
    )
    await app.close()
  })

  it('refuses to serve without a reason', () => {
    expect(() => publicStatic(files, ' ')).toThrow('say why')
  })
})
