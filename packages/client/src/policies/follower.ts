/**
 * Follows the policies of the control plane for as long as it is not closed.
 *
 * Shape   round and round: the snapshot (or that it has not changed), then the stream of changes until it ends.
 *         While there is no stream, the rounds are the polling.
 * Units   milliseconds.
 * Errors  {@link PoliciesUnavailableError} (`ERR_POLICIES_UNAVAILABLE`) from `book` and `ready`.
 *
 * @module
 */
import {
  ClientOptionsError,
  PoliciesUnavailableError,
  SnapshotError,
  TransportError,
} from '../errors.js'
import { sleep } from '../retry.js'
import type { Transport } from '../transport.js'
import { readEvents, type StreamEvent } from './event-stream.js'
import { Keeper } from './keeper.js'
import { type Kept, parseKept } from './kept-copy.js'
import { News } from './news.js'
import { PolicyBook } from './policy-book.js'
import type { RemoteOptions, RemoteStatus } from './remote-options.js'
import { readChange, readSnapshot } from './snapshot.js'
import { Staleness } from './staleness.js'
import { StreamClock } from './stream-clock.js'
import { wakingNow } from './waking-clock.js'

/** The control plane says that it is alive every 5 seconds. */
const SILENCE = 15_000
const SHORTEST_PAUSE = 50

export class Follower {
  readonly #transport: Transport
  readonly #options: RemoteOptions
  readonly #limit: number
  readonly #book = new PolicyBook()
  readonly #staleness = new Staleness()
  readonly #stop = new AbortController()
  readonly #counts = { snapshots: 0, changes: 0, reconnects: 0, problems: 0 }
  readonly #news = new News()
  readonly #keeper: Keeper
  #etag: string | undefined
  #isLive = false
  #lastProblem: string | undefined

  constructor(transport: Transport, options: RemoteOptions) {
    const { stalenessLimit = 300_000, pollEvery = 5_000 } = options
    if (!(stalenessLimit > 0))
      throw new ClientOptionsError('stalenessLimit', 'must be more than 0 milliseconds')
    if (!(pollEvery >= 100))
      throw new ClientOptionsError('pollEvery', 'must be at least 100 milliseconds')
    this.#transport = transport
    this.#options = options
    this.#limit = stalenessLimit
    this.#keeper = new Keeper(options.keep, (error) => this.#report(error))
    void this.#run(pollEvery)
  }

  /** The policies, where they may be decided by. */
  book(): PolicyBook {
    if (this.#isReady()) return this.#book
    const last = this.#lastProblem === undefined ? '' : `: ${this.#lastProblem}`
    if (!this.#book.snapshot) throw new PoliciesUnavailableError(`none were fetched yet${last}`)
    const seconds = Math.round(this.#staleness.age() / 1000)
    throw new PoliciesUnavailableError(`they were last confirmed ${seconds} s ago${last}`)
  }

  async ready(signal?: AbortSignal): Promise<void> {
    while (!this.#isReady()) {
      if (this.#stop.signal.aborted) throw new PoliciesUnavailableError('the source is closed')
      if (signal?.aborted) throw new PoliciesUnavailableError('given up', signal.reason)
      await this.#news.next(signal)
    }
  }

  status(): RemoteStatus {
    return {
      seq: this.#book.snapshot?.seq,
      staleness: this.#staleness.age(),
      isLive: this.#isLive,
      isReady: this.#isReady(),
      counts: { ...this.#counts },
      lastProblem: this.#lastProblem,
    }
  }

  close(): void {
    this.#stop.abort()
    this.#news.tell()
  }

  #isReady(): boolean {
    if (!this.#book.snapshot) return false
    return this.#options.whenStale === 'continue' || this.#staleness.age() <= this.#limit
  }

  async #run(pollEvery: number): Promise<void> {
    const { signal } = this.#stop
    await this.#recall()
    for (let failures = 0; !signal.aborted; ) {
      try {
        await this.#fetch()
        await this.#follow()
        failures = 0
      } catch (error) {
        failures += 1
        if (!signal.aborted) this.#report(error)
      }
      this.#isLive = false
      const pause =
        failures === 0 ? SHORTEST_PAUSE * 4 : Math.min(pollEvery, SHORTEST_PAUSE * 2 ** failures)
      await sleep(pause * (0.5 + Math.random() / 2), signal).catch(() => undefined)
      this.#counts.reconnects += 1
    }
  }

  async #fetch(): Promise<void> {
    const { signal } = this.#stop
    const asked = wakingNow()
    const headers = this.#etag === undefined ? {} : { 'if-none-match': this.#etag }
    const answer = await this.#transport.open({
      method: 'GET',
      path: '/v1/snapshot',
      headers,
      signal,
    })
    if (answer.status === 304 && this.#etag === undefined)
      throw new TransportError('unreadable answer', '/v1/snapshot: unchanged since nothing')
    const staleness = Number(answer.headers.get('x-iamkit-staleness') ?? 0)
    if (answer.status !== 304) {
      const snapshot = readSnapshot(await readBody(answer))
      const { account = snapshot.account } = this.#options
      if (snapshot.account !== account)
        throw new SnapshotError(`of another account: \`${snapshot.account}\``)
      await this.#book.replace(snapshot)
      this.#etag = answer.headers.get('etag') ?? undefined
      this.#counts.snapshots += 1
    }
    this.#confirm(staleness * 1000 + wakingNow() - asked)
    if (answer.status !== 304) this.#tellChange()
  }

  /** Returns when the stream has ended or something was missed. */
  async #follow(): Promise<void> {
    const silence = new AbortController()
    const stop = () => silence.abort()
    this.#stop.signal.addEventListener('abort', stop, { once: true })
    let watchdog = setTimeout(stop, SILENCE)
    const line = new StreamClock()
    try {
      const since = String(this.#book.snapshot?.seq ?? 0)
      const answer = await this.#transport.open({
        method: 'GET',
        path: '/v1/changes',
        query: { since },
        headers: { accept: 'text/event-stream', 'last-event-id': since },
        signal: silence.signal,
        isStream: true,
      })
      if (!answer.body) throw new TransportError('unreadable answer', '/v1/changes has no body')
      this.#isLive = true
      for await (const event of readEvents(answer.body)) {
        clearTimeout(watchdog)
        watchdog = setTimeout(stop, SILENCE)
        if (!(await this.#take(event, line))) return
      }
    } finally {
      clearTimeout(watchdog)
      this.#stop.signal.removeEventListener('abort', stop)
      silence.abort()
    }
  }

  /** False where the snapshot must be fetched again. */
  async #take({ type, data }: StreamEvent, line: StreamClock): Promise<boolean> {
    if (type === 'comment') {
      const ago = line.ageOf(data)
      if (ago !== undefined) this.#confirm(ago)
      return true
    }
    if (type === 'change' && (await this.#book.apply(readChange(data)))) {
      this.#counts.changes += 1
      this.#etag = undefined
      this.#tellChange()
      return true // a comment behind it says how old it may be
    }
    if (type !== 'change' && type !== 'reset') return true // what a later version may send
    this.#etag = undefined
    return false
  }

  #confirm(ago: number): void {
    this.#staleness.confirm(ago)
    this.#lastProblem = undefined
    this.#news.tell()
    this.#keeper.keep(() => this.#kept(), { isNew: false })
  }

  #tellChange(): void {
    callSafely(() => this.#options.onChange?.(this.status()))
    this.#keeper.keep(() => this.#kept(), { isNew: true })
  }

  #kept(): Kept | undefined {
    const { snapshot } = this.#book
    return snapshot && { snapshot, confirmed: Date.now() - this.#staleness.age() }
  }

  async #recall(): Promise<void> {
    try {
      const text = await this.#options.keep?.read()
      if (text === undefined) return
      const { snapshot, confirmed } = parseKept(text)
      const { account = snapshot.account } = this.#options
      if (snapshot.account !== account)
        throw new SnapshotError(`of another account: \`${snapshot.account}\``)
      await this.#book.replace(snapshot)
      this.#staleness.recall(confirmed, Date.now())
      this.#news.tell()
    } catch (error) {
      this.#report(error)
    }
  }

  #report(error: unknown): void {
    this.#counts.problems += 1
    this.#lastProblem = error instanceof Error ? error.message : String(error)
    callSafely(() => this.#options.onProblem?.(error))
    this.#news.tell()
  }
}

async function readBody(answer: Response): Promise<unknown> {
  try {
    return await answer.json()
  } catch (cause) {
    throw new SnapshotError('it is cut off', cause)
  }
}

/** A listener that throws must not end what keeps policies up to date. */
function callSafely(listener: () => void): void {
  try {
    listener()
  } catch {
    // The policies in force are not its business.
  }
}
