/**
 * A control plane as its parent sees it: begun, killed, and begun again.
 *
 * Errors  None: one that cannot begin is begun again.
 *
 * @module
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import type { ServerOrder } from './server-child.js'

const AGAIN = 500

export class Server {
  readonly #order: ServerOrder
  #child: ChildProcess | undefined
  #port: number | undefined
  #isWanted = true

  constructor(order: ServerOrder) {
    this.#order = order
  }

  /** Absent while it is not there. */
  get port(): number | undefined {
    return this.#port
  }

  /** Resolves when it listens, however often it takes. */
  async start(): Promise<void> {
    this.#isWanted = true
    while (this.#isWanted && this.#port === undefined) {
      const child = fork(new URL('server-child.ts', import.meta.url), { stdio: [...STDIO] })
      this.#child = child
      child.once('exit', () => {
        if (this.#child === child) this.#port = undefined
      })
      child.send(this.#order)
      const listening = once(child, 'message') as Promise<[{ readonly port: number }]>
      const ended = once(child, 'exit')
      const [said] = await Promise.race([listening, ended])
      if (typeof said === 'object' && said !== null) this.#port = (said as { port: number }).port
      else await wait(AGAIN)
    }
  }

  /** Gives it no time for a last word. */
  async kill(): Promise<void> {
    this.#isWanted = false
    this.#port = undefined
    const child = this.#child
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
  }
}

/** What a server says of a database that is away is no news here. */
const STDIO = ['ignore', 'ignore', 'ignore', 'ipc'] as const satisfies readonly string[]
