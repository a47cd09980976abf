/**
 * A way over TCP that can be cut.
 *
 * Shape   each connection is led to the target that is chosen when it comes. `broken`: connections end, and new ones are
 *         refused; `silent`: they stay, and nothing comes through any more.
 * Errors  None: where no target answers, the connection ends.
 *
 * @module
 */
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export interface Target {
  readonly host: string
  readonly port: number
}

export interface Way {
  readonly port: number
  readonly cut: (how: 'broken' | 'silent') => void
  readonly mend: () => void
  /** Ends every connection that is there; new ones may come at once. */
  readonly breakAll: () => void
  readonly close: () => Promise<void>
}

export async function openWay(choose: () => Target | undefined): Promise<Way> {
  const sockets = new Set<Socket>()
  let state: 'whole' | 'broken' | 'silent' = 'whole'
  const lead = (near: Socket): void => {
    const target = state === 'broken' ? undefined : choose()
    if (!target) {
      near.destroy()
      return
    }
    const far = connect(target.port, target.host)
    for (const [one, other] of [[near, far] as const, [far, near] as const]) {
      sockets.add(one)
      one.setNoDelay()
      one.on('data', (data) => {
        if (state === 'whole') other.write(data)
      })
      one.on('error', () => {})
      one.on('close', () => {
        sockets.delete(one)
        other.destroy()
      })
    }
  }
  const server = createServer(lead).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const breakAll = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    port: (server.address() as AddressInfo).port,
    breakAll,
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
