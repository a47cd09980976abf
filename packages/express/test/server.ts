import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { type AddressInfo, connect } from 'node:net'
import express, {
  type ErrorRequestHandler,
  type Express,
  type NextFunction,
  type Response,
} from 'express'

const require = createRequire(import.meta.url)

/** Both ends of the range of Express that the package supports. */
export const FRAMEWORKS: readonly (readonly [version: string, create: typeof express])[] = [
  ['5.3.0', express],
  ['5.0.0', require('express-5-0') as typeof express],
]

/** A router that does not tell the path of a mount. */
export const oldRouter = require('router-2-2') as typeof express.Router

/** An app's own error middleware. */
export function onError(
  handle: (error: unknown, res: Response, next: NextFunction) => void,
): ErrorRequestHandler {
  // biome-ignore lint/complexity/useMaxParams: Express tells error handlers by their four parameters
  return (error, _req, res, next) => handle(error, res, next)
}

export interface Server {
  readonly port: number
  readonly url: string
  close(): Promise<void>
}

export async function listen(app: Express): Promise<Server> {
  const server = createServer(app)
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
