import express from 'express'
import { afterEach, describe, expect, it } from 'vitest'
import { accessOf, guard } from '../src/index.js'
import { createDocsIam, loadDocument } from './docs.js'
import { listen, type Server, send } from './server.js'

let server: Server | undefined
afterEach(() => server?.close())

describe('an app in shadow mode', () => {
  it('answers as before, and reports what it would have refused', async () => {
    const { iam } = createDocsIam({ mode: 'shadow' })
    const { can, errors, assertCovered } = guard(iam)
    const app = express()
    app.get(
      '/folders/:folderId/documents/:documentId',
      can('docs:GetDocument', { resource: loadDocument }),
      (req, res) => {
        const { principal, refusal } = accessOf(req)
        res.json([principal.type, refusal?.kind ?? 'fine'])
      },
    )
    app.use(errors())
    let table = ''
    assertCovered(app, { print: (text) => (table = text) })
    expect(table).toContain('docs:GetDocument  shadow')
    server = await listen(app)
    const { port } = server
    const ask = async (id: string, ...headers: readonly string[]) =>
      (await send(port, [`GET /folders/f1/documents/${id} HTTP/1.1`, ...headers])).body

    expect(await ask('d1', 'Authorization: Bearer ann')).toBe('["user","fine"]')
    expect(await ask('theirs', 'Authorization: Bearer ann')).toBe('["user","denied"]')
    expect(await ask('d1')).toBe('["anonymous","unauthenticated"]')
    expect(await ask('d1', 'Authorization: Bearer mallory')).toBe('["anonymous","unauthenticated"]')
    expect(await ask('..%2fd1', 'Authorization: Bearer ann')).toBe('["user","invalid"]')
    const report = { calls: 5, denied: 3, unauthenticated: 2, undecided: 1 }
    expect(iam.shadowReport()).toMatchObject(report)
  })
})
