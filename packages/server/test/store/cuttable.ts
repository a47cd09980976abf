/**
 * A way to a server that can be cut: connections break, and new ones are refused, until it is mended.
 *
 * @module
 */
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export interface Cuttable {
  /** The same address by way of this one. */
  readonly url: string
  /** `silent`: connections stay, and nothing comes through any more. */
  readonly cut: (how: 'broken' | 'silent') => void
  readonly mend: () => void
  readonly close: () => Promise<void>
}

export async function createCuttable(target: string): Promise<Cuttable> {
  const { hostname, port } = new URL(target)
  const sockets = new Set<Socket>()
  let state: 'whole' | 'broken' | 'silent' = 'whole'

  const server = createServer((near) => {
    if (state === 'broken') {
      near.destroy()
      return
    }
    const far = connect(Number(port), hostname)
    for (const [one, other] of [[near, far] as const, [far, near] as const]) {
      sockets.add(one)
      one.on('data', (data) => {
        if (state === 'whole') other.write(data)
      })
      one.on('error', () => {})
      one.on('close', () => {
        sockets.delete(one)
        other.destroy()
      })
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')

  const url = new URL(target)
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const breakAll = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    url: url.href,
    cut: (how) => {
      state = how
      if (how === 'broken') breakAll()
    },
    mend: () => {
      state = 'whole'
      breakAll() // what fell silent lost bytes
    },
    close: async () => {
      server.close()
      breakAll()
      await once(server, 'close')
    },
  }
}
