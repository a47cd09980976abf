/**
 * A server of the app's own, and raw connections to it.
 *
 * Units   milliseconds.
 * Errors  what `listen` throws; a connection that fails is a request refused.
 *
 * @module
 */
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import type { Exchange } from './bypass.js'
import type { Listener } from './observe.js'
import { type Observer, Watch, watchRequest } from './watch.js'

export interface Range {
  /** Sends one exchange, and comes back when its connection is closed. */
  send(exchange: Exchange): Promise<void>
  /** Requests that came to the app. */
  readonly arrived: () => number
  close(): Promise<void>
}

/** Milliseconds behind the answer to an exchange that lets its connection stay open: nothing more is sent there. */
const GAP = 50

/** Listens on this machine alone. */
export async function openRange(
  app: Listener,
  observer: Observer,
  patience: number,
): Promise<Range> {
  const exchanges = new Map<number, Exchange>()
  let arrived = 0
  const server = createServer((req, res) => {
    const exchange = exchanges.get(req.socket.remotePort ?? 0)
    // Only the search itself knows the port; whoever else calls is not watched.
    if (exchange) {
      watchRequest(req, res, new Watch(exchange, observer))
      if (!saysClose(exchange)) res.once('finish', () => req.socket.setTimeout(GAP))
    }
    arrived += 1
    return app(req, res)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    arrived: () => arrived,
    send: (exchange) =>
      converse(port, patience, (own, isOver) => {
        if (isOver) exchanges.delete(own)
        else exchanges.set(own, exchange)
        return exchange.bytes
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function saysClose({ bytes }: Exchange): boolean {
  return bytes.includes('\r\nConnection: close\r\n')
}

/** `about` is told the connection's own port at its begin, when it gives the bytes, and at its end. */
function converse(
  port: number,
  patience: number,
  about: (own: number, isOver: boolean) => string,
): Promise<void> {
  return new Promise((resolve) => {
    let own = 0
    const socket = connect(port, '127.0.0.1', () => {
      own = socket.localPort ?? 0
      socket.write(about(own, false), 'latin1')
    })
    socket.setTimeout(patience, () => socket.destroy())
    socket.resume()
    socket.on('error', () => {})
    socket.on('close', () => {
      about(own, true)
      resolve()
    })
  })
}
