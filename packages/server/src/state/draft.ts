/**
 * An account while one operation writes to it.
 *
 * Shape   every put is applied to the world at once and remembered, so that it can be taken back.
 * Errors  `Error` from `put` where a name is taken or the operation is over: a mistake in an operation.
 *
 * @module
 */
import type { AccountState } from './account-state.js'
import type { AccountDraft, Attachments } from './account-view.js'
import { type Change, undo } from './change.js'
import type { Entities, Kind, NamedKind } from './entity.js'
import { frozen } from './frozen.js'
import type { WorldState } from './world.js'

export class Draft implements AccountDraft {
  readonly account: string
  readonly changes: Change[] = []
  readonly #world: WorldState
  readonly #state: AccountState
  #isOpen = true

  constructor(world: WorldState, account: string) {
    this.account = account
    this.#world = world
    this.#state = world.open(account)
  }

  get revision(): number {
    return this.#state.revision
  }

  get<K extends Kind>(kind: K, id: string): Entities[K] | undefined {
    return this.#state.get(kind, id)
  }

  named<K extends NamedKind>(kind: K, name: string): Entities[K] | undefined {
    return this.#state.named(kind, name)
  }

  count(kind: Kind): number {
    return this.#state.count(kind)
  }

  list<K extends Kind>(kind: K): readonly Entities[K][] {
    return this.#state.list(kind)
  }

  attachments(policyArn: string): Attachments {
    return this.#state.attachments(policyArn)
  }

  members(group: string): ReadonlySet<string> {
    return this.#state.members(group)
  }

  keysOf(user: string | undefined): readonly Entities['access-key'][] {
    return this.#state.keysOf(user)
  }

  devicesOf(user: string): readonly Entities['mfa-device'][] {
    return this.#state.devicesOf(user)
  }

  profilesOf(role: string): readonly Entities['instance-profile'][] {
    return this.#state.profilesOf(role)
  }

  put<K extends Kind>(kind: K, entity: Entities[K]): void {
    if ('name' in entity) this.#claim(kind as NamedKind, entity)
    this.#change(kind, entity.id, frozen(entity))
  }

  remove(kind: Kind, id: string): void {
    this.#change(kind, id, undefined)
  }

  /** No more changes: what an operation does later is no part of its transaction. */
  close(): void {
    this.#isOpen = false
  }

  /** Takes back all that was done, last first. */
  undo(): void {
    this.close()
    for (const change of this.changes.splice(0).reverse()) this.#world.apply(undo(change))
  }

  #claim(kind: NamedKind, { id, name }: Entities[NamedKind]): void {
    const holder = this.#state.named(kind, name)
    if (holder && holder.id !== id) throw new Error(`the name of ${kind} ${id} is taken`)
  }

  #change<K extends Kind>(kind: K, id: string, after: Entities[K] | undefined): void {
    if (!this.#isOpen) throw new Error('an operation wrote after it was over')
    const before = this.#state.get(kind, id)
    if (before === after) return
    const change: Change<K> = { account: this.account, kind, id, before, after }
    this.#world.apply(change)
    this.changes.push(change)
  }
}
