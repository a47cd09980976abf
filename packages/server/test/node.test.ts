import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { get as httpsGet } from 'node:https'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { ControlPlane } from '../src/control-plane.js'
import { type Listening, type ListenOptions, listen } from '../src/node.js'
import type { Received } from '../src/wire/received.js'
import type { Reply } from '../src/wire/reply.js'

let listening: Listening | undefined
afterEach(async () => {
  await listening?.close()
  listening = undefined
})

async function serve(
  receive: (received: Received) => Promise<Reply> | Reply,
  options: ListenOptions = {},
): Promise<Listening> {
  const answering: Pick<ControlPlane, 'receive' | 'turnAway' | 'maxBodySize'> = {
    receive: async (received) => receive(received),
    turnAway: ({ target }) =>
      target === '/strained' ? Promise.resolve(text('enough', 400)) : undefined,
    maxBodySize: 1000,
  }
  listening = await listen(answering, options)
  return listening
}

function text(body: string, status = 200): Reply {
  return { status, headers: { 'content-type': 'text/plain' }, body }
}

describe('listen', () => {
  it('hands on target, headers and body as they were on the wire', async () => {
    let seen: Received | undefined
    const { port } = await serve((received) => {
      seen = received
      return text('ok')
    })
    const socket = connect(port, '127.0.0.1')
    const lines = ['POST /a%2Fb/../c?x=%7e&x HTTP/1.1', 'Host: h', 'X-A: 1', 'x-a: 2']
    socket.end(`${[...lines, 'Content-Length: 3', 'Connection: close'].join('\r\n')}\r\n\r\na\0b`)
    await once(socket.resume(), 'close')
    expect(seen).toMatchObject({
      method: 'POST',
      target: '/a%2Fb/../c?x=%7e&x',
      isSecure: false,
      sourceIp: '127.0.0.1',
    })
    expect([...(seen?.headers ?? [])].filter(([name]) => /^x-a$/i.test(name))).toEqual([
      ['X-A', '1'],
      ['x-a', '2'],
    ])
    expect(Buffer.from(seen?.body ?? []).toString()).toBe('a\0b')
  })

  it('believes the proxies that it trusts, and no other', async () => {
    const seen: (string | boolean | undefined)[] = []
    const receive = ({ sourceIp, isSecure }: Received) => {
      seen.push(sourceIp, isSecure)
      return text('ok')
    }
    const headers = { 'x-forwarded-for': '198.51.100.1', 'x-forwarded-proto': 'https' }
    const plain = await serve(receive)
    await fetch(plain.url, { headers })
    await plain.close()
    const { url } = await serve(receive, { trustedProxies: ['127.0.0.0/8'] })
    await fetch(url, { headers })
    expect((await fetch(url, { headers: { 'x-forwarded-for': 'me' } })).status).toBe(400)
    expect(seen).toEqual(['127.0.0.1', false, '198.51.100.1', true])
  })

  it('reads a body that is too long no further, and closes the connection', async () => {
    const { url } = await serve(({ body }) => text(`${body.length}`, 413))
    const response = await fetch(url, { method: 'POST', body: 'x'.repeat(300_000) })
    expect(response.status).toBe(413)
    expect(response.headers.get('connection')).toBe('close')
    expect(await response.text()).toBe('1001')
  })

  it('reads no body of whom it turns away, and closes the connection', async () => {
    let isAsked = false
    const { url } = await serve(() => {
      isAsked = true
      return text('ok')
    })
    const response = await fetch(`${url}/strained`, { method: 'POST', body: 'x'.repeat(300_000) })
    expect([response.status, response.headers.get('connection'), await response.text()]).toEqual([
      400,
      'close',
      'enough',
    ])
    expect([isAsked, (await fetch(`${url}/strained`)).status]).toEqual([false, 200])
  })

  it('has no body where the status allows none', async () => {
    const { url } = await serve(() => ({ status: 304, headers: { etag: '"1"' }, body: '{}' }))
    const response = await fetch(url)
    expect([response.status, response.headers.get('etag'), await response.text()]).toEqual([
      304,
      '"1"',
      '',
    ])
  })

  it('answers what is under way before it closes', async () => {
    let begun = () => {}
    const isBegun = new Promise<void>((resolve) => {
      begun = resolve
    })
    let finish = (_: Reply) => {}
    const { url } = await serve(() => {
      begun()
      return new Promise<Reply>((resolve) => {
        finish = resolve
      })
    })
    const response = fetch(url)
    await isBegun
    const closed = listening?.close()
    listening = undefined
    finish(text('late'))
    expect(await (await response).text()).toBe('late')
    await closed
    await expect(fetch(url)).rejects.toThrow('fetch failed')
  })

  it('ends streams when it closes, and cancels those that nobody reads', async () => {
    let cancelled = 0
    const { url } = await serve(() => ({
      status: 200,
      headers: { 'content-type': 'text/event-stream' },
      body: new ReadableStream<Uint8Array>({
        start: (controller) => controller.enqueue(Buffer.from('data: 1\n\n')),
        cancel: () => {
          cancelled += 1
        },
      }),
    }))
    const aborted = new AbortController()
    const first = await fetch(url, { signal: aborted.signal })
    const second = await fetch(url)
    const chunk = await first.body?.getReader().read()
    expect(Buffer.from(chunk?.value ?? []).toString()).toBe('data: 1\n\n')
    aborted.abort()
    await expect.poll(() => cancelled).toBe(1)
    await listening?.close()
    listening = undefined
    await expect(second.text()).rejects.toThrow('terminated')
    expect(cancelled).toBe(2)
  })

  it('speaks TLS', async () => {
    // A certificate of 127.0.0.1 by nobody, for tests alone.
    const read = (name: string) => readFileSync(join(import.meta.dirname, 'tls', name))
    const tls = { key: read('key.pem'), cert: read('cert.pem') }
    const { url } = await serve(({ isSecure }) => text(`${isSecure}`), { tls })
    expect(url).toMatch(/^https:/)
    const request = httpsGet(url, { ca: tls.cert, agent: false })
    const [response] = await once(request, 'response')
    let body = ''
    for await (const chunk of response) body += chunk
    expect(body).toBe('true')
  })
})
