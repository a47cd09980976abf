/**
 * The store's records in memory, twice: as they are durable, and as the transaction under way sees them.
 *
 * Shape   records are frozen and shared by both; only what finds them is doubled.
 * Errors  `StoreError` from {@link Replica.load}.
 *
 * @module
 */
import type { Store, StoredChange } from '../store/store.js'
import type { Change } from './change.js'
import { frozen } from './frozen.js'
import { WorldState } from './world.js'

/**
 * Told of what has reached the world that everyone reads: the changes of one account or of several, and the `seq` that
 * the world is as of. No changes: everything was taken anew.
 */
export type ReplicaListener = (changes: readonly Change[] | undefined, seq: number) => void

export class Replica {
  readonly listeners = new Set<ReplicaListener>()
  /** What writes work on. */
  readonly head = new WorldState()
  /** What everyone reads. */
  readonly world = new WorldState()
  /** The last change that both have. */
  seq = 0
  /** When the store was asked for what both hold: milliseconds of the clock that only goes forward. */
  asOf = 0

  /** Takes everything anew; until it is there, both stay as they were. */
  async load(store: Store): Promise<void> {
    const head = new WorldState()
    const world = new WorldState()
    const asOf = performance.now()
    const seq = await store.load((record) => {
      frozen(record.after)
      head.apply(record)
      world.apply(record)
    })
    this.head.become(head)
    this.world.become(world)
    this.seq = seq
    this.asOf = asOf
    this.#tell(undefined)
  }

  /** Takes what others changed. */
  receive(changes: readonly StoredChange[]): void {
    const known = changes.map((change) => this.#withBefore(change))
    for (const change of changes) {
      frozen(change.after)
      this.head.apply(change)
      this.world.apply(change)
      this.seq = change.seq
    }
    if (known.length > 0) this.#tell(known)
  }

  /** Takes what has been done on the head, now that it is durable. */
  confirm(changes: readonly Change[], seq: number): void {
    for (const change of changes) this.world.apply(change)
    this.seq = seq
    if (changes.length > 0) this.#tell(changes)
  }

  #withBefore({ account, kind, id, after }: StoredChange): Change {
    return { account, kind, id, after, before: this.world.account(account)?.get(kind, id) }
  }

  #tell(changes: readonly Change[] | undefined): void {
    for (const listener of this.listeners) listener(changes, this.seq)
  }
}
