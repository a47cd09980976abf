import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { authorizeUpgrade } from '../src/node.js'
import { createDocsIam, loadDocument } from './docs.js'
import { exchange } from './server.js'

const { iam } = createDocsIam()
const mayWatch = authorizeUpgrade(iam, 'docs:GetDocument', { resource: loadDocument })
const opened: unknown[] = []
const server = createAdaptorServer({ fetch: new Hono().fetch })
server.on('upgrade', (req: IncomingMessage, socket: Duplex) => void open(req, socket))

async function open(req: IncomingMessage, socket: Duplex): Promise<void> {
  const [, folderId = '', documentId = ''] = /^\/watch\/([^/]*)\/([^/]*)$/.exec(req.url ?? '') ?? []
  const access = await mayWatch(req, socket, {
    folderId,
    documentId: decodeURIComponent(documentId),
  })
  if (access === undefined) return
  opened.push(access.resource)
  socket.end('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n')
}

let port: number
beforeEach(async () => {
  opened.length = 0
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})
afterEach(() => new Promise((resolve) => server.close(resolve)))

async function ask(path: string, ...headers: readonly string[]): Promise<string> {
  const lines = [`GET ${path} HTTP/1.1`, 'Host: x', 'Connection: Upgrade', 'Upgrade: x', ...headers]
  return exchange(port, `${lines.join('\r\n')}\r\n\r\n`)
}

describe('authorizeUpgrade', () => {
  it('opens for those who may, with what the loader has found', async () => {
    expect(await ask('/watch/f1/d1', 'Authorization: Bearer ann')).toMatch(/^HTTP\/1\.1 101 /)
    expect(opened).toEqual([{ id: 'd1', team: 'eng' }])
  })

  it.each([
    ['without credentials', '/watch/f1/d1', [], '401 Unauthorized', /www-authenticate: Bearer\r\n/],
    ['to others', '/watch/f1/d1', ['Authorization: Bearer bob'], '403 Forbidden', /access-denied/],
    [
      'for what means more than itself',
      '/watch/f1/%2a',
      ['Authorization: Bearer adm'],
      '400 Bad Request',
      /invalid-request/,
    ],
    [
      'where nothing is named',
      '/watch',
      ['Authorization: Bearer adm'],
      '400 Bad Request',
      /invalid-request/,
    ],
  ] as const)('says no %s, and closes', async (...[, path, headers, status, text]) => {
    const reply = await ask(path, ...headers)
    expect(reply.split('\r\n')[0]).toBe(`HTTP/1.1 ${status}`)
    expect(reply).toMatch(text)
    expect(opened).toEqual([])
    const [head = '', body = ''] = reply.split('\r\n\r\n')
    expect(head).toContain(`content-length: ${body.length}`)
  })
})
