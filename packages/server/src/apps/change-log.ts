/**
 * What has changed lately of what apps decide by, for those who follow.
 *
 * Shape   an entry names who and what is touched, by ARN; what they are is looked up when it is sent, so an older entry tells
 *         of today and never of what is past.
 * Units   the last 1,000 entries of all accounts are kept; one that touches more than 1,000 ARNs only says `all`.
 * Errors  None.
 *
 * @module
 */
import type { AccountView } from '../state/account-view.js'
import { policyArn, roleArn, userArn } from '../state/arns.js'
import type { Change } from '../state/change.js'
import type { Entities, Kind } from '../state/entity.js'
import type { Writer } from '../state/writer.js'
import { isBoundTo } from './resource-policy.js'

export interface LogEntry {
  readonly account: string
  readonly seq: number
  /** ARNs of users and roles. */
  readonly principals: ReadonlySet<string>
  readonly resources: ReadonlySet<string>
  readonly hasServices: boolean
  /** Too much to say: whoever follows begins anew. */
  readonly isAll: boolean
}

/** What the log reads. */
type Followed = Pick<Writer, 'world' | 'seq' | 'subscribe' | 'staleness'>

export type Follow = (entry: LogEntry) => void

interface Told {
  readonly entry: LogEntry
  readonly previous: number
  readonly seq: number
  readonly text: string
}

const MAX_ENTRIES = 1000
const MAX_TOUCHED = 1000

export class ChangeLog {
  readonly #writer: Followed
  /** Each with whose it is. */
  readonly #followers = new Map<Follow, string>()
  #told: Told | undefined
  #entries: LogEntry[] = []
  /** Nothing after this one is missing. */
  #since: number

  constructor(writer: Followed) {
    this.#writer = writer
    this.#since = writer.seq
    writer.subscribe((changes, seq) => this.#take(changes, seq))
  }

  /** The change that the world is as of. */
  get seq(): number {
    return this.#writer.seq
  }

  get world(): Writer['world'] {
    return this.#writer.world
  }

  /** Seconds by which the world may be old. */
  get staleness(): number {
    return this.#writer.staleness()
  }

  /** What has changed of an account after a change; undefined where that is no longer known. */
  after(account: string, seq: number): readonly LogEntry[] | undefined {
    if (seq < this.#since || seq > this.#writer.seq) return undefined
    return this.#entries.filter((entry) => entry.seq > seq && entry.account === account)
  }

  get followers(): number {
    return this.#followers.size
  }

  followersOf(whose: string): number {
    return [...this.#followers.values()].filter((one) => one === whose).length
  }

  /** Calls back with each new entry, of any account, until the answer is called. */
  follow(follow: Follow, whose: string): () => void {
    this.#followers.set(follow, whose)
    return () => void this.#followers.delete(follow)
  }

  /** What is told of an entry, made once for all who hold the same. */
  textOf(entry: LogEntry, previous: number, make: () => string): string {
    const { seq } = this
    const last = this.#told
    const isSame = last?.entry === entry && last.previous === previous && last.seq === seq
    if (isSame) return last.text
    const text = make()
    this.#told = { entry, previous, seq, text }
    return text
  }

  #take(changes: readonly Change[] | undefined, seq: number): void {
    if (!changes) {
      this.#forget(seq)
      return
    }
    const { world } = this.#writer
    const groups = groupedByAccount(changes)
    const moved = new Set(changes.flatMap((change) => (isMoved(change) ? [change.id] : [])))
    const others = moved.size > 0 ? world.accounts() : []
    for (const account of new Set([...groups.keys(), ...others])) {
      const own = groups.get(account) ?? []
      const entry = entryOf(own, { account, seq, view: world.account(account), moved })
      if (entry) this.#add(entry)
    }
  }

  /** Everything was read anew: nobody knows what has changed. */
  #forget(seq: number): void {
    this.#entries = []
    this.#since = seq
    for (const account of this.#writer.world.accounts()) {
      this.#tell({ ...nothing(account, seq), isAll: true })
    }
  }

  #add(entry: LogEntry): void {
    this.#entries.push(entry)
    const [oldest] = this.#entries
    if (this.#entries.length > MAX_ENTRIES && oldest) {
      this.#since = oldest.seq
      this.#entries = this.#entries.slice(1)
    }
    this.#tell(entry)
  }

  #tell(entry: LogEntry): void {
    for (const follow of this.#followers.keys()) follow(entry)
  }
}

function groupedByAccount(changes: readonly Change[]): ReadonlyMap<string, readonly Change[]> {
  const groups = new Map<string, Change[]>()
  for (const change of changes) {
    const group = groups.get(change.account)
    if (group) group.push(change)
    else groups.set(change.account, [change])
  }
  return groups
}

function nothing(account: string, seq: number): LogEntry {
  return {
    account,
    seq,
    principals: new Set(),
    resources: new Set(),
    hasServices: false,
    isAll: false,
  }
}

/** Where and when changes happened. */
interface Happened {
  readonly account: string
  readonly seq: number
  readonly view: AccountView | undefined
  /** Ids of users and roles of any account that are gone, or called otherwise now. */
  readonly moved: ReadonlySet<string>
}

function isMoved({ kind, before, after }: Change): boolean {
  if ((kind !== 'user' && kind !== 'role') || !before) return false
  const { name, path } = before as Entities['user' | 'role']
  const now = after as Entities['user' | 'role'] | undefined
  return now?.name !== name || now.path !== path
}

function entryOf(
  changes: readonly Change[],
  { account, seq, view, moved }: Happened,
): LogEntry | undefined {
  const kinds = new Set<Kind>(changes.map(({ kind }) => kind))
  if (!view) return { ...nothing(account, seq), isAll: true }
  const principals = new Set(changes.flatMap((change) => principalsTouched(change, view)))
  const changed = changes.flatMap(({ kind, id }) => (kind === 'resource' ? [id] : []))
  const resources = new Set([...changed, ...resourcesNaming(moved, view)])
  const hasServices = kinds.has('service')
  const touched = principals.size + resources.size
  if (touched === 0 && !hasServices) return undefined
  if (touched > MAX_TOUCHED) return { ...nothing(account, seq), isAll: true }
  return { account, seq, principals, resources, hasServices, isAll: false }
}

/** Under the names that they had and have. */
function principalsTouched(
  { kind, id, before, after }: Change,
  view: AccountView,
): readonly string[] {
  const states = [before, after].flatMap((state) => state ?? [])
  switch (kind) {
    case 'user':
      return states.map((state) => userArn(view, state as Entities['user']))
    case 'role':
      return states.map((state) => roleArn(view, state as Entities['role']))
    case 'group':
      return usersIn(view, view.members(id))
    case 'policy':
      return states.flatMap((state) =>
        bearersOf(view, policyArn(view, state as Entities['policy'])),
      )
    default:
      return []
  }
}

function resourcesNaming(ids: ReadonlySet<string>, view: AccountView): readonly string[] {
  if (ids.size === 0) return []
  return view.list('resource').flatMap((one) => (isBoundTo(one, ids) ? [one.id] : []))
}

function bearersOf(view: AccountView, arn: string): readonly string[] {
  const { users, roles, groups, boundaries } = view.attachments(arn)
  const ids = [...users, ...roles, ...boundaries]
  const members = [...groups].flatMap((group) => usersIn(view, view.members(group)))
  const found = ids.flatMap((id) => {
    const user = view.get('user', id)
    if (user) return [userArn(view, user)]
    const role = view.get('role', id)
    return role ? [roleArn(view, role)] : []
  })
  return [...found, ...members]
}

function usersIn(view: AccountView, ids: ReadonlySet<string>): readonly string[] {
  return [...ids].flatMap((id) => {
    const user = view.get('user', id)
    return user ? [userArn(view, user)] : []
  })
}
