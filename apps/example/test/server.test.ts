import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { startServer } from '../src/server.js'
import { startExample } from './example.js'

const data = mkdtempSync(join(tmpdir(), 'iamkit-example-'))
afterAll(() => rmSync(data, { recursive: true }))

describe('a restart', () => {
  it('keeps what was written, puts back what is missing of the start, and takes older tokens', async () => {
    const first = await startExample({ data })
    const edited = { title: 'Plan', text: 'Ship it.' }
    await first.as('ada', 'PUT /folders/roadmap/documents/plan', edited)
    await first.as('ada', 'DELETE /folders/partners/documents/welcome')
    await first.as('ada', 'PUT /folders/mine', { tags: { team: 'engineering' } })
    const token = await first.call({ method: 'POST', path: '/sign-in/ada' })
    const before = JSON.parse(await first.kept())
    await first.close()
    await first.close()

    const second = await startExample({ data })
    const headers = { authorization: `Bearer ${token.text}` }
    const path = '/folders/roadmap/documents/plan'
    expect(await second.call({ method: 'GET', path, headers })).toMatchObject({
      status: 200,
      json: { ...edited, version: 2 },
    })
    const after = JSON.parse(await second.kept())
    expect(after.folders).toEqual(before.folders)
    expect(await second.as('gina', 'GET /folders/partners/documents/welcome')).toMatchObject({
      status: 200,
      json: { version: 1 },
    })
    await second.close()
  }, 60_000)
})

describe('startServer', () => {
  it('lets no second server into the folder, and gives it back at the end', async () => {
    const first = await startExample({ data })
    const message = `process ${process.pid} uses \`${data}\`: stop it, or choose another folder with \`--data\``
    await expect(startServer({ data, port: 0 })).rejects.toThrow(message)
    expect(await first.as('ada', 'GET /folders')).toMatchObject({ status: 200 })
    await first.close()
    expect(readdirSync(data).sort()).toEqual(['database', 'issuer.json'])
  }, 60_000)

  it('takes the next free port when none is asked for', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => {
      other.once('error', () => resolve()) // in use already, which serves as well
      other.listen(3000, '127.0.0.1', resolve)
    })
    const server = await startServer({ data, print: () => {} })
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:30(0[1-9]|1\d)$/)
    await server.close()
    other.close()
  }, 60_000)

  it('leaves nothing behind when the port is in use', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo
    await expect(startServer({ data, port, print: () => {} })).rejects.toMatchObject({
      code: 'ERR_PORT_IN_USE',
      message: `port ${port} is in use: stop the other program, or choose a port with \`--port\``,
    })
    other.close()
    expect(readdirSync(data)).not.toContain('lock')
  }, 60_000)

  it('does not sign with a key that it cannot read', async () => {
    writeFileSync(join(data, 'issuer.json'), '{')
    await expect(startServer({ data, port: 0 })).rejects.toMatchObject({
      code: 'ERR_DATA_FOLDER',
      message: `\`${join(data, 'issuer.json')}\` holds no key: delete it, and a new one is made`,
    })
    expect(readdirSync(data)).not.toContain('lock')
  })
})
