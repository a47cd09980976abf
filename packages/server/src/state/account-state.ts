/**
 * All records of one account in memory, with what finds them.
 *
 * Errors  None.
 *
 * @module
 */
import type { AccountView, Attachments } from './account-view.js'
import type { Change } from './change.js'
import type { Entities, Kind, NamedKind } from './entity.js'
import { Links, ROOT } from './links.js'
import { Table } from './table.js'

/** One for all accounts and worlds, so that a revision never means two things. */
let revisions = 0

export class AccountState implements AccountView {
  readonly account: string
  revision = ++revisions
  readonly #tables: { [K in Kind]?: Table<Entities[K]> } = {}
  readonly #links = new Links()

  constructor(account: string) {
    this.account = account
  }

  get<K extends Kind>(kind: K, id: string): Entities[K] | undefined {
    return this.#tables[kind]?.get(id)
  }

  named<K extends NamedKind>(kind: K, name: string): Entities[K] | undefined {
    return this.#tables[kind]?.named(name)
  }

  count(kind: Kind): number {
    return this.#tables[kind]?.size ?? 0
  }

  list<K extends Kind>(kind: K): readonly Entities[K][] {
    return this.#tables[kind]?.list() ?? []
  }

  attachments(policyArn: string): Attachments {
    return {
      users: this.#links.of('attached-user', policyArn),
      groups: this.#links.of('attached-group', policyArn),
      roles: this.#links.of('attached-role', policyArn),
      boundaries: this.#links.of('boundary', policyArn),
    }
  }

  members(group: string): ReadonlySet<string> {
    return this.#links.of('member', group)
  }

  keysOf(user: string | undefined): readonly Entities['access-key'][] {
    return this.#oldestFirst('access-key', this.#links.of('key', user ?? ROOT))
  }

  devicesOf(user: string): readonly Entities['mfa-device'][] {
    return this.#oldestFirst('mfa-device', this.#links.of('device', user))
  }

  profilesOf(role: string): readonly Entities['instance-profile'][] {
    return this.#oldestFirst('instance-profile', this.#links.of('profile', role))
  }

  /** Whether there is no record at all: then there is no account. */
  isEmpty(): boolean {
    return Object.values(this.#tables).every(({ size }) => size === 0)
  }

  apply({ kind, id, after }: Pick<Change, 'kind' | 'id' | 'after'>): void {
    this.#apply(kind, id, after)
  }

  #apply<K extends Kind>(kind: K, id: string, after: Entities[K] | undefined): void {
    const table = this.#table(kind)
    this.#links.change(kind, id, { before: table.get(id), after })
    table.set(id, after)
    this.revision = ++revisions
  }

  #table<K extends Kind>(kind: K): Table<Entities[K]> {
    const tables: { [P in K]?: Table<Entities[P]> } = this.#tables
    const table = tables[kind] ?? new Table<Entities[K]>()
    tables[kind] = table
    return table
  }

  #oldestFirst<K extends 'access-key' | 'mfa-device' | 'instance-profile'>(
    kind: K,
    ids: ReadonlySet<string>,
  ): readonly Entities[K][] {
    const found = [...ids].flatMap((id) => this.get(kind, id) ?? [])
    return found.sort((one, other) => (ageOf(one) < ageOf(other) ? -1 : 1))
  }
}

function ageOf({ createDate, id }: Readonly<Record<'createDate' | 'id', string>>): string {
  return `${createDate} ${id}`
}
