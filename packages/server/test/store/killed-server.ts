/**
 * A server that writes as fast as it can until it is killed. Says on standard output which writes were acknowledged.
 *
 * Shape   `killed-server.ts '{"address":{…},"round":"r1"}'`; a line for each acknowledged write.
 *
 * @module
 */
import type { AccountDraft } from '../../src/state/account-view.js'
import { openWriter } from '../../src/state/writer.js'
import { openPglite } from '../../src/store/pglite.js'
import { openPostgres } from '../../src/store/postgres.js'
import type { TestDatabase } from './databases.js'

/** Writes under way at any time. */
const AT_ONCE = 20
const createDate = '2026-01-01T00:00:00.000Z'

const account = '111122223333'

interface Task {
  readonly address: TestDatabase['address']
  readonly round: string
}

/** A user, its key and the count of users: all of it or nothing. */
function putUser(id: string): (draft: AccountDraft) => void {
  return (draft) => {
    const none = { attached: [], inline: {}, tags: [], groups: [] }
    draft.put('user', { id, name: id, path: '/', createDate, ...none })
    draft.put('access-key', { id: `key-${id}`, user: id, createDate, status: 'Active', secret: '' })
    const definition = { users: draft.count('user') }
    draft.put('service', { id: 'count', createDate, definition })
  }
}

async function main({ address, round }: Task): Promise<void> {
  const store = await ('folder' in address ? openPglite(address) : openPostgres(address))
  const writer = await openWriter(store)
  let next = 0
  const writeOn = async () => {
    for (;;) {
      const id = `${round}-${next++}`
      await writer.write(account, putUser(id))
      process.stdout.write(`${id}\n`)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, writeOn))
}

await main(JSON.parse(process.argv[2] ?? '') as Task)
