/**
 * Hears of other servers' commits, on a connection of its own.
 *
 * Shape   PostgreSQL's NOTIFY, and a look every second for when it cannot be had: while the connection is lost, or
 *         through a pooler that does not pass it on.
 * Units   milliseconds.
 * Errors  None: a lost connection is made anew.
 *
 * @module
 */
import { setTimeout } from 'node:timers/promises'
import { Client, type ClientConfig } from 'pg'
import { CHANNEL } from './commit.js'

const LOOK = 1_000
const RECONNECT = 1_000

export interface ListenOptions {
  readonly config: ClientConfig
  /** Whose commits are no news. */
  readonly sender: string
  readonly changed: () => void
}

/** Calls back until the function that is returned ends it. */
export function listen({ config, sender, changed }: ListenOptions): () => Promise<void> {
  const looking = setInterval(changed, LOOK).unref()
  let client: Client | undefined
  let isClosed = false

  async function keepListening(): Promise<void> {
    while (!isClosed) {
      client = new Client(config)
      client.on('notification', ({ payload }) => {
        if (payload !== sender) changed()
      })
      await untilLost(client, changed)
      await setTimeout(RECONNECT, undefined, { ref: false })
    }
  }

  void keepListening()
  return async () => {
    isClosed = true
    clearInterval(looking)
    await client?.end()
  }
}

/** Resolves when the connection is lost, or cannot be had. */
async function untilLost(client: Client, listening: () => void): Promise<void> {
  const lost = new Promise<void>((resolve) => {
    client.once('end', resolve)
    client.on('error', () => resolve())
  })
  try {
    await client.connect()
    await client.query(`listen ${CHANNEL}`)
    listening() // what was told while nobody heard
    await lost
  } catch {
    // the same as a connection that is lost
  }
  await client.end()
}
