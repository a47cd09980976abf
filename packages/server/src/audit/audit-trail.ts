/**
 * The audit's way to the store: events wait a moment and are written together.
 *
 * Units   at most a second and 500 events to a write; 20,000 wait while the store is away, then the oldest are lost, and
 *         counted.
 * Errors  None: what the store throws is told to `onError`, and the events wait on.
 *
 * @module
 */
import type { Store } from '../store/store.js'
import type { AuditEvent } from './audit-event.js'

const MAX_WAIT = 1000
const MAX_BATCH = 500
const MAX_WAITING = 20_000

export class AuditTrail {
  readonly #store: Pick<Store, 'appendAudit'>
  readonly #onError: (error: unknown) => void
  #waiting: AuditEvent[] = []
  #timer: NodeJS.Timeout | undefined
  #writing: Promise<void> | undefined
  #isAway = false
  /** Events that could not be kept. */
  lost = 0

  constructor(store: Pick<Store, 'appendAudit'>, onError: (error: unknown) => void) {
    this.#store = store
    this.#onError = onError
  }

  add(event: AuditEvent): void {
    this.#waiting.push(event)
    this.#trim()
    if (this.#waiting.length >= MAX_BATCH && !this.#writing && !this.#isAway) void this.flush()
    else this.#timer ??= setTimeout(() => void this.flush(), MAX_WAIT)
  }

  /** Resolves when all that waits is written, or could not be. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    // With nothing to write it would end before it is noted, and be noted for ever.
    if (this.#waiting.length > 0) this.#writing ??= this.#write()
    await this.#writing
  }

  async #write(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, MAX_BATCH)
      try {
        await this.#store.appendAudit(batch)
        this.#isAway = false
      } catch (error) {
        this.#isAway = true
        this.#waiting = [...batch, ...this.#waiting]
        this.#trim()
        this.#onError(error)
        break
      }
    }
    this.#writing = undefined
  }

  #trim(): void {
    const excess = this.#waiting.length - MAX_WAITING
    if (excess <= 0) return
    this.#waiting.splice(0, excess)
    this.lost += excess
  }
}
