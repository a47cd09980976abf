import { createServer, type RequestListener } from 'node:http'
import { createRequire } from 'node:module'
import { type AddressInfo, connect } from 'node:net'
import Router from '@koa/router'
import Koa from 'koa'

const require = createRequire(import.meta.url)

export interface Framework {
  readonly version: string
  readonly App: typeof Koa
  readonly Router: typeof Router
}

/** Both ends of the ranges of Koa and of its router that the package supports, and one between. */
export const FRAMEWORKS: readonly Framework[] = [
  { version: 'Koa 3.3.0 with router 15.7.0', App: Koa, Router },
  {
    version: 'Koa 3.3.0 with router 14.0.0',
    App: Koa,
    Router: require('koa-router-14') as typeof Router,
  },
  {
    version: 'Koa 3.0.0 with router 13.0.0',
    App: require('koa-3-0') as typeof Koa,
    Router: require('koa-router-13') as typeof Router,
  },
]

export interface Server {
  readonly port: number
  readonly url: string
  close(): Promise<void>
}

/** A Koa app, whatever its middleware has made of its type. */
interface Listening {
  silent: boolean
  readonly callback: () => RequestListener
}

export async function listen(app: Listening): Promise<Server> {
  app.silent = true
  const server = createServer(app.callback())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
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
