/**
 * How one record is found from another: who bears a policy, who is in a group, whose a key is.
 *
 * Shape   a link is a relation and what it leads from (`member`, `AGPA…`), and leads to ids.
 * Errors  None.
 *
 * @module
 */
import type { Entities, Kind } from './entity.js'

export type Relation =
  | 'attached-user'
  | 'attached-group'
  | 'attached-role'
  | 'boundary'
  | 'member'
  | 'key'
  | 'device'
  | 'profile'

interface Link {
  readonly relation: Relation
  /** An ARN of a policy, or an id. */
  readonly from: string
}

type Finder<K extends Kind> = (entity: Entities[K]) => readonly Link[]

/** What stands for root, which has no id, as the owner of keys. */
export const ROOT = ''

const finders: { readonly [K in Kind]?: Finder<K> } = {
  user: ({ attached, groups, boundary }) => [
    ...links('attached-user', attached),
    ...links('member', groups),
    ...links('boundary', boundary === undefined ? [] : [boundary]),
  ],
  group: ({ attached }) => links('attached-group', attached),
  role: ({ attached, boundary }) => [
    ...links('attached-role', attached),
    ...links('boundary', boundary === undefined ? [] : [boundary]),
  ],
  'access-key': ({ user }) => links('key', [user ?? ROOT]),
  'mfa-device': ({ user }) => links('device', user === undefined ? [] : [user]),
  'instance-profile': ({ roles }) => links('profile', roles),
}

const nobody: ReadonlySet<string> = new Set()

export class Links {
  readonly #ids = new Map<Relation, Map<string, Set<string>>>()

  /** Follows later changes. A record that keeps a link keeps its place, so a loop over the set may change records. */
  of(relation: Relation, from: string): ReadonlySet<string> {
    return this.#ids.get(relation)?.get(from) ?? nobody
  }

  /** Takes a record's links from what they were to what they are. */
  change<K extends Kind>(
    kind: K,
    id: string,
    states: Record<'before' | 'after', Entities[K] | undefined>,
  ): void {
    const before = linksOf(kind, states.before)
    const after = linksOf(kind, states.after)
    for (const link of before) if (!has(after, link)) this.#remove(link, id)
    for (const link of after) if (!has(before, link)) this.#add(link, id)
  }

  #add({ relation, from }: Link, id: string): void {
    const byFrom = this.#ids.get(relation) ?? new Map<string, Set<string>>()
    this.#ids.set(relation, byFrom)
    const ids = byFrom.get(from)
    if (ids) ids.add(id)
    else byFrom.set(from, new Set([id]))
  }

  #remove({ relation, from }: Link, id: string): void {
    const byFrom = this.#ids.get(relation)
    const ids = byFrom?.get(from)
    ids?.delete(id)
    if (ids?.size === 0) byFrom?.delete(from)
  }
}

function linksOf<K extends Kind>(kind: K, entity: Entities[K] | undefined): readonly Link[] {
  return (entity && finders[kind]?.(entity)) ?? []
}

function links(relation: Relation, all: readonly string[]): readonly Link[] {
  return all.map((from) => ({ relation, from }))
}

/** A record has few links. */
function has(all: readonly Link[], { relation, from }: Link): boolean {
  return all.some((link) => link.relation === relation && link.from === from)
}
