/**
 * One connection that stays open, and over which one request is sent after the other: bytes in, status out, and as little
 * of a client as can be.
 *
 * Shape   answers have a `content-length`.
 * Errors  an `Error` where the connection ends.
 *
 * @module
 */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

interface Asked {
  readonly resolve: (status: number) => void
  readonly reject: (error: Error) => void
}

export class RawLane {
  readonly #socket: Socket
  #received: Buffer = Buffer.alloc(0)
  #asked: Asked | undefined

  static async open(port: number): Promise<RawLane> {
    const socket = connect(port, '127.0.0.1').setNoDelay()
    await once(socket, 'connect')
    return new RawLane(socket)
  }

  private constructor(socket: Socket) {
    this.#socket = socket
    const end = (error = new Error('the connection has ended')) => this.#asked?.reject(error)
    socket.on('error', end)
    socket.on('close', () => end())
    socket.on('data', (chunk) => this.#take(chunk))
  }

  send(request: Buffer): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#asked = { resolve, reject }
      this.#socket.write(request)
    })
  }

  close(): void {
    this.#socket.destroy()
  }

  #take(chunk: Buffer): void {
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk])
    const end = this.#received.indexOf('\r\n\r\n')
    if (end < 0) return
    const head = this.#received.toString('latin1', 0, end)
    const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0)
    if (this.#received.length < end + 4 + length) return
    this.#received = this.#received.subarray(end + 4 + length)
    const asked = this.#asked
    this.#asked = undefined
    asked?.resolve(Number(head.slice(9, 12)))
  }
}
