import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import express from 'express'
import { afterEach, describe, expect, it } from 'vitest'
import { guard } from '../src/index.js'
import { createDocsIam } from './docs.js'
import { listen, type Server, send } from './server.js'

let server: Server | undefined
afterEach(() => server?.close())

describe('publicStatic', () => {
  it('serves its folder and nothing beside it, and is covered', async () => {
    const { publicStatic, assertCovered } = guard(createDocsIam().iam)
    const folder = mkdtempSync(join(tmpdir(), 'iamkit-static-'))
    mkdirSync(join(folder, 'web'))
    writeFileSync(join(folder, 'web', 'index.html'), 'page')
    writeFileSync(join(folder, 'web', '.env'), 'secret')
    writeFileSync(join(folder, 'secret'), 'secret')
    const app = express()
    app.use('/web', publicStatic(join(folder, 'web'), 'the web page', { index: 'index.html' }))
    let table = ''
    assertCovered(app, { print: (text) => (table = text) })
    expect(table).toContain('public  "the web page"')
    server = await listen(app)
    const paths = [
      '/web/',
      '/web/../secret',
      '/web/%2e%2e%2fsecret',
      '/web/..%5csecret',
      '/web/.env',
    ]
    const bodies = await Promise.all(
      paths.map(async (path) => (await send(server?.port ?? 0, [`GET ${path} HTTP/1.1`])).body),
    )
    rmSync(folder, { recursive: true })
    expect(bodies[0]).toBe('page')
    expect(
      bodies.filter((body) => body.includes('secret') && !body.includes('Cannot GET')),
    ).toEqual([])
  })

  it('refuses to serve without a reason', () => {
    const { publicStatic } = guard(createDocsIam().iam)
    expect(() => publicStatic('web', ' ')).toThrow('say why')
  })
})
