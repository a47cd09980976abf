import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A way to a server that can be cut, or on which nobody reads any more what the server sends. */
export interface Way {
  readonly endpoint: string
  readonly cut: () => void
  /** Cuts the next connection on which this text comes from the server, right behind it. */
  readonly cutWithin: (text: string) => void
  readonly mend: () => void
  readonly stall: () => void
  /** Reads on, on every connection that there is. */
  readonly resume: () => void
  readonly close: () => Promise<void>
}

export async function openWay(target: string): Promise<Way> {
  const { hostname, port } = new URL(target)
  const pairs = new Map<Socket, Socket>()
  let isCut = false
  let isStalled = false
  let last: string | undefined
  const server = createServer((near) => {
    if (isCut) {
      near.destroy()
      return
    }
    const far = connect(Number(port), hostname)
    pairs.set(near, far)
    near.on('data', (data) => far.write(data))
    far.on('data', (data) => {
      const at = last === undefined ? -1 : data.indexOf(last)
      if (last === undefined || at < 0) {
        near.write(data)
        return
      }
      near.end(data.subarray(0, at + last.length))
      last = undefined
    })
    if (isStalled) far.pause()
    const end = () => {
      pairs.delete(near)
      near.destroy()
      far.destroy()
    }
    for (const socket of [near, far]) socket.on('error', end).on('close', end)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const breakAll = () => {
    for (const near of pairs.keys()) near.destroy()
  }
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut: () => {
      isCut = true
      breakAll()
    },
    cutWithin: (text) => {
      last = text
    },
    mend: () => {
      isCut = false
    },
    stall: () => {
      isStalled = true
      for (const far of pairs.values()) far.pause()
    },
    resume: () => {
      isStalled = false
      for (const far of pairs.values()) far.resume()
    },
    close: async () => {
      server.close()
      breakAll()
      await once(server, 'close')
    },
  }
}
