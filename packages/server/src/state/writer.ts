/**
 * The one way to change state, and what keeps it in step with the store.
 *
 * Shape   group commit: writes that wait are taken together into one transaction. Each runs in turn on the head; once
 *         all is durable, the changes reach the world that everyone reads, and the callers are answered. Commits and
 *         catching up never overlap, so changes are applied in their order.
 * Units   seconds.
 * Errors  {@link Fault} `ServiceUnavailable` from {@link Writer.write} when the store fails; what an operation throws
 *         goes to its own caller. `StoreError` from {@link openWriter}.
 *
 * @module
 */
import { setImmediate } from 'node:timers/promises'
import { Fault } from '../fault.js'
import type { Store } from '../store/store.js'
import { StoreError } from '../store/store-error.js'
import type { AccountDraft } from './account-view.js'
import type { Change } from './change.js'
import { coalesce } from './coalesce.js'
import { Draft } from './draft.js'
import { Replica, type ReplicaListener } from './replica.js'
import type { World } from './world.js'

/** Writes in one transaction, and writes that wait for one. */
const MAX_BATCH = 256
const MAX_QUEUE = 10_000

/** What one write does, at once and without waiting. `head`: every account, as this transaction sees it. */
export type Write<T> = (draft: AccountDraft, head: World) => T

export interface WriterOptions {
  /** Told of what went wrong with the store; of a store that stays away, once, and for each write that fails. */
  readonly onError?: (error: unknown) => void
  /** Told of each transaction: how long it took, and how many writes it held. */
  readonly onCommit?: (seconds: number, writes: number) => void
}

interface Waiting {
  readonly account: string
  readonly run: Write<unknown>
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
}

/** Writes that have run on the head: what they changed, and how their callers will be answered. */
interface Attempt {
  readonly drafts: readonly Draft[]
  readonly answers: readonly (() => void)[]
}

/** Loads everything, and follows the store from there. */
export async function openWriter(store: Store, options: WriterOptions = {}): Promise<Writer> {
  const replica = new Replica()
  await replica.load(store)
  const writer = new Writer(store, replica, options)
  store.watch(() => writer.catchUp())
  return writer
}

export class Writer {
  readonly #store: Store
  readonly #replica: Replica
  readonly #options: WriterOptions
  readonly #queue: Waiting[] = []
  #isBehind = false
  #isClosed = false
  #turns: Promise<void> | undefined
  /** When the store was asked first without having answered since, by the clock that only goes forward. */
  #askedAt: number | undefined

  constructor(store: Store, replica: Replica, options: WriterOptions) {
    this.#store = store
    this.#replica = replica
    this.#options = options
  }

  /** What is durable. */
  get world(): World {
    return this.#replica.world
  }

  /** The change that the world is as of. */
  get seq(): number {
    return this.#replica.seq
  }

  /** Calls back after each change of the world, until the answer is called. */
  subscribe(listener: ReplicaListener): () => void {
    this.#replica.listeners.add(listener)
    return () => void this.#replica.listeners.delete(listener)
  }

  /** Writes that wait. */
  get queued(): number {
    return this.#queue.length
  }

  /**
   * How old what is read may be: when the store was last asked that has answered. Where nobody else writes, 0 as long as
   * it answers.
   */
  staleness(now = performance.now()): number {
    const since = this.#store.isShared ? this.#replica.asOf : this.#askedAt
    return since === undefined ? 0 : Math.max(0, now - since) / 1000
  }

  /** Resolves to what `run` returns, once its changes are durable. */
  write<T>(account: string, run: Write<T>): Promise<T> {
    if (this.#isClosed || this.#queue.length >= MAX_QUEUE) return Promise.reject(unavailable())
    return new Promise<T>((resolve, reject) => {
      this.#queue.push({ account, run, resolve: (value) => resolve(value as T), reject })
      this.#start()
    })
  }

  /** Takes in what others changed, soon. */
  catchUp(): void {
    this.#isBehind = !this.#isClosed
    this.#start()
  }

  /** Takes no more writes, and resolves when those that wait are answered. */
  async close(): Promise<void> {
    this.#isClosed = true
    await this.#turns
  }

  #start(): void {
    this.#turns ??= this.#takeTurns()
  }

  async #takeTurns(): Promise<void> {
    await setImmediate() // writes that come together go together
    while (this.#queue.length > 0 || this.#isBehind) {
      const batch = this.#queue.splice(0, MAX_BATCH)
      this.#isBehind = false
      const isNews = this.#askedAt === undefined || batch.length > 0
      const now = performance.now()
      this.#askedAt ??= now
      try {
        await (batch.length > 0 ? this.#commit(batch) : this.#receive())
        this.#replica.asOf = now
      } catch (error) {
        if (isNews) this.#options.onError?.(error)
        if (isBehind(error)) await this.#reload(batch)
        else for (const { reject } of batch) reject(unavailable())
      }
    }
    this.#turns = undefined // at once: whoever waits from here on starts anew
  }

  async #receive(): Promise<void> {
    this.#replica.receive(await this.#store.changesSince(this.#replica.seq))
    this.#askedAt = undefined
  }

  async #commit(batch: readonly Waiting[]): Promise<void> {
    const start = performance.now()
    let attempt: Attempt = { drafts: [], answers: [] }
    let changes: readonly Change[] = []
    let seq: number
    try {
      seq = await this.#store.commit(this.#replica.seq, (missed) => {
        this.#replica.receive(missed)
        attempt = this.#attempt(batch)
        changes = coalesce(attempt.drafts.flatMap((draft) => draft.changes))
        return changes
      })
    } catch (error) {
      for (const draft of attempt.drafts.toReversed()) draft.undo()
      throw error
    }
    this.#replica.confirm(changes, seq)
    this.#askedAt = undefined
    this.#options.onCommit?.((performance.now() - start) / 1000, batch.length)
    for (const answer of attempt.answers) answer()
  }

  #attempt(batch: readonly Waiting[]): Attempt {
    const { head } = this.#replica
    const drafts: Draft[] = []
    const answers = batch.map(({ account, run, resolve, reject }) => {
      const draft = new Draft(head, account)
      try {
        const value = run(draft, head)
        draft.close()
        drafts.push(draft)
        return () => resolve(value)
      } catch (error) {
        draft.undo()
        return () => reject(error)
      }
    })
    return { drafts, answers }
  }

  /** Changes were missed that are no longer kept. */
  async #reload(batch: readonly Waiting[]): Promise<void> {
    try {
      await this.#replica.load(this.#store)
      this.#queue.unshift(...batch)
      this.#askedAt = undefined
    } catch (error) {
      this.#options.onError?.(error)
      for (const { reject } of batch) reject(unavailable())
    }
  }
}

function isBehind(error: unknown): boolean {
  return error instanceof StoreError && error.problem === 'behind'
}

function unavailable(): Fault {
  const message = 'The request has failed due to a temporary failure of the server.'
  return new Fault('ServiceUnavailable', message, 503)
}
