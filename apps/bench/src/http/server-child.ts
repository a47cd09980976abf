/**
 * Serves one app on the loopback address and says how much processor time it has used.
 *
 * Shape   `{ app }` → `{ port }`; each `'cpu'` → microseconds of the whole process. Ends with its parent.
 * Errors  an `Error` where no app has the name.
 *
 * @module
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { allApps } from './all-apps.js'

type Message = 'cpu' | { readonly app: string }

process.on('disconnect', () => process.exit())
process.on('message', (message: Message) => void answer(message))

async function answer(message: Message): Promise<void> {
  if (message === 'cpu') {
    const { user, system } = process.cpuUsage()
    process.send?.(user + system)
    return
  }
  const app = (await allApps()).find(({ name }) => name === message.app)
  if (!app) throw new Error(`no app \`${message.app}\``)
  const server = createServer(await app.create())
  server.listen(0, '127.0.0.1', () => {
    process.send?.({ port: (server.address() as AddressInfo).port })
  })
}
