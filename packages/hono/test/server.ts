import { type AddressInfo, connect } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import type { Connection } from '../src/index.js'

/** What the app is served by. */
export interface Served {
  readonly fetch: (request: Request, env?: object) => Response | Promise<Response>
}

/** A runtime that has nothing but Web standards. */
export const bareConnection = (): Connection => ({ remoteAddress: '192.0.2.7', isSecure: true })

export interface Server {
  readonly port: number
  close(): Promise<void>
}

export async function listen(app: Served): Promise<Server> {
  const server = createAdaptorServer({ fetch: app.fetch as never })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        if ('closeAllConnections' in server) server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

export interface RawReply {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Sends one request of lines as they are; a client library would mend what the test wants broken. */
export async function send(port: number, lines: readonly string[], body = ''): Promise<RawReply> {
  const head = [...lines, 'Host: localhost', 'Connection: close'].join('\r\n')
  const text = await exchange(port, `${head}\r\n\r\n${body}`)
  return parseReply(text.replace(/^HTTP\/1\.1 1\d\d [^\r]*\r\n\r\n/, ''))
}

/** Sends text over one connection, and gives all that comes back until it is closed. */
export async function exchange(port: number, text: string): Promise<string> {
  const chunks: Buffer[] = []
  await new Promise<void>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text))
    socket.setTimeout(10_000, () => socket.destroy(new Error('no reply within 10 s')))
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('error', reject)
    socket.on('close', () => resolve())
  })
  return Buffer.concat(chunks).toString('latin1')
}

function parseReply(text: string): RawReply {
  const [head = '', ...rest] = text.split('\r\n\r\n')
  const [status = '', ...lines] = head.split('\r\n')
  const headers = lines.map((line) => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
  })
  return {
    status: Number(status.split(' ')[1]),
    headers: Object.fromEntries(headers),
    body: rest.join('\r\n\r\n'),
  }
}
