/**
 * Every account in memory.
 *
 * Shape   an account is there as long as it has a record.
 * Errors  None.
 *
 * @module
 */
import { AccountState } from './account-state.js'
import type { AccountView } from './account-view.js'
import type { Change } from './change.js'
import type { Entities } from './entity.js'

/** What operations may read of other accounts. */
export interface World {
  readonly account: (number: string) => AccountView | undefined
  /** Numbers of accounts, in order. */
  readonly accounts: () => readonly string[]
  /** An access key of any account, active or not. */
  readonly accessKey: (id: string) => FoundKey | undefined
}

export interface FoundKey {
  readonly account: string
  readonly key: Entities['access-key']
}

export class WorldState implements World {
  #accounts = new Map<string, AccountState>()
  /** Access keys' ids → accounts. */
  #keys = new Map<string, string>()

  account(number: string): AccountView | undefined {
    const state = this.#accounts.get(number)
    return state?.isEmpty() ? undefined : state
  }

  accounts(): readonly string[] {
    const states = [...this.#accounts.values()].filter((state) => !state.isEmpty())
    return states.map(({ account }) => account).sort()
  }

  accessKey(id: string): FoundKey | undefined {
    const account = this.#keys.get(id)
    if (account === undefined) return undefined
    const key = this.#accounts.get(account)?.get('access-key', id)
    return key && { account, key }
  }

  /** The state of an account that may not be there yet. */
  open(number: string): AccountState {
    const state = this.#accounts.get(number) ?? new AccountState(number)
    this.#accounts.set(number, state)
    return state
  }

  apply({ account, kind, id, after }: Omit<Change, 'before'>): void {
    this.open(account).apply({ kind, id, after })
    if (kind !== 'access-key') return
    if (after) this.#keys.set(id, account)
    else this.#keys.delete(id)
  }

  /** Takes over what another world holds. Views that were given out before stay as they are. */
  become(other: WorldState): void {
    this.#accounts = other.#accounts
    this.#keys = other.#keys
  }
}
