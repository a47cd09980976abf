/**
 * An app as its parent sees it.
 *
 * Errors  None: one that ends by itself is counted.
 *
 * @module
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import type { AppOrder, Told } from './app-child.js'

export class App {
  /** The last that it said. */
  last: Told | undefined
  /** How often it ended without being told to. */
  falls = 0
  readonly #order: AppOrder
  readonly #onTold: (told: Told) => void
  #offset: number
  #child: ChildProcess | undefined

  constructor(order: AppOrder, onTold: (told: Told) => void) {
    this.#order = order
    this.#onTold = onTold
    this.#offset = order.offset
  }

  start(): void {
    const child = fork(new URL('app-child.ts', import.meta.url))
    this.#child = child
    child.send({ ...this.#order, offset: this.#offset })
    child.on('message', (told: Told) => {
      this.last = told
      this.#onTold(told)
    })
    child.once('exit', () => {
      if (this.#child === child) this.falls += 1
    })
  }

  /** Sets its wall clock wrong, now and after it begins again. */
  skew(offset: number): void {
    this.#offset = offset
    this.#child?.send({ offset })
  }

  /** Gives it no time for a last word. */
  async kill(): Promise<void> {
    const child = this.#child
    this.#child = undefined
    this.last = undefined
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
  }
}
