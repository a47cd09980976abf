import { createServer, type IncomingMessage, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { presign, sign, verify } from '../src/index.js'
import { credentials, scope, signByHand } from './by-hand.js'

let server: Server
let port: number

/** A server of Node's own that answers with who signed, or with the code. */
beforeAll(async () => {
  server = createServer((req, res) => {
    void answer(req).then((text) => res.end(text))
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  port = (server.address() as AddressInfo).port
})

afterAll(() => {
  server.close()
})

async function answer(req: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of req) chunks.push(chunk)
  const request = {
    method: req.method ?? '',
    target: req.url ?? '',
    headers: Object.entries(req.headersDistinct),
    body: Buffer.concat(chunks),
  }
  const secretFor = () => credentials.secretAccessKey
  try {
    return (await verify(request, { secretFor, service: 'docs', now: scope.date })).accessKeyId
  } catch (error) {
    return (error as { code: string }).code
  }
}

/** What a server answers to these lines, written to a socket as they are. */
async function send(...lines: readonly string[]): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.write([...lines, 'Connection: close', '', ''].join('\r\n'), 'latin1')
  const chunks: Uint8Array[] = []
  for await (const chunk of socket) chunks.push(chunk)
  return Buffer.concat(chunks).toString('latin1').split('\r\n\r\n')[1] ?? ''
}

/** A signed request, line by line. */
async function signedLines(): Promise<string[]> {
  const { method, target, headers } = await signByHand()
  const lines = [...headers].map(([name, value]) => `${name}: ${String(value)}`)
  return [`${method} ${target} HTTP/1.1`, ...lines]
}

describe('verify, in a server of Node', () => {
  it.each(['/', '/a%20b/%2F?x=1&x=&y=a%2Bb+c', "/!$&'()*+,;=:@?q=!$'()*,;:@/?[]|^{}`"])(
    'holds for what fetch sends to `%s`',
    async (target) => {
      const request = new Request(`http://127.0.0.1:${port}${target}`, {
        method: 'POST',
        headers: { 'x-app': '  a   b ' },
        body: 'text ä',
      })
      const response = await fetch(await sign(request, credentials, scope))
      expect(await response.text()).toBe('AKIDEXAMPLE')
    },
  )

  it('holds for a presigned URL', async () => {
    const request = new Request(`http://127.0.0.1:${port}/documents/42?limit=1`)
    const url = await presign(request, credentials, { ...scope, expiresIn: 60 })
    expect(await (await fetch(url)).text()).toBe('AKIDEXAMPLE')
    expect(await (await fetch(url, { method: 'DELETE' })).text()).toBe('SignatureDoesNotMatch')
  })

  it('sees every header that came', async () => {
    const [start = '', ...headers] = await signedLines()
    const authorization = headers.find((line) => line.startsWith('authorization')) ?? ''
    const body = (text: string) => expect.stringContaining(text)
    expect(await send(start, ...headers)).toEqual(body('AKIDEXAMPLE'))
    expect(await send(start, ...headers, authorization)).toEqual(body('IncompleteSignature'))
    expect(await send(start, ...headers, 'X-Amz-Target: a')).toEqual(body('SignatureDoesNotMatch'))
    expect(await send(start, ...headers, 'X-Amz-Date: a')).toEqual(body('IncompleteSignature'))
  })

  it('sees the target as it came', async () => {
    const [start = '', ...headers] = await signedLines()
    const at = (target: string) => start.replace('/documents/42?limit=1', target)
    const body = (text: string) => expect.stringContaining(text)
    expect(await send(at('//documents/42?limit=1'), ...headers)).toEqual(
      body('SignatureDoesNotMatch'),
    )
    expect(await send(at('/x/../documents/42?limit=1'), ...headers)).toEqual(
      body('SignatureDoesNotMatch'),
    )
    expect(await send(at('/%64ocuments/42?limit=1'), ...headers)).toEqual(
      body('SignatureDoesNotMatch'),
    )
    expect(await send(at('http://docs.example.com/documents/42?limit=1'), ...headers)).toEqual(
      body('IncompleteSignature'),
    )
    expect(await send(at('/documents/42?limit=1#'), ...headers)).toEqual(
      body('IncompleteSignature'),
    )
  })
})
