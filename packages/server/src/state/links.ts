/**
 * How one record is found from another: who bears a policy, who is in a group, whose a key is.
 *
 * Shape   a link is a relation and what it leads from (`member AGPA…`), and leads to ids.
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

type Finder<K extends Kind> = (entity: Entities[K]) => readonly (readonly [Relation, string])[]

/** What stands for root, which has no id, as the owner of keys. */
export const ROOT = ''

const finders: { readonly [K in Kind]?: Finder<K> } = {
  user: ({ attached, groups, boundary }) => [
    ...attached.map((arn) => ['attached-user', arn] as const),
    ...groups.map((group) => ['member', group] as const),
    ...(boundary === undefined ? [] : [['boundary', boundary] as const]),
  ],
  group: ({ attached }) => attached.map((arn) => ['attached-group', arn] as const),
  role: ({ attached, boundary }) => [
    ...attached.map((arn) => ['attached-role', arn] as const),
    ...(boundary === undefined ? [] : [['boundary', boundary] as const]),
  ],
  'access-key': ({ user }) => [['key', user ?? ROOT]],
  'mfa-device': ({ user }) => (user === undefined ? [] : [['device', user]]),
  'instance-profile': ({ roles }) => roles.map((role) => ['profile', role] as const),
}

const nobody: ReadonlySet<string> = new Set()

export class Links {
  readonly #ids = new Map<string, Set<string>>()

  /** Follows later changes. A record that keeps a link keeps its place, so a loop over the set may change records. */
  of(relation: Relation, from: string): ReadonlySet<string> {
    return this.#ids.get(`${relation} ${from}`) ?? nobody
  }

  /** Takes a record's links from what they were to what they are. */
  change<K extends Kind>(
    kind: K,
    id: string,
    states: Record<'before' | 'after', Entities[K] | undefined>,
  ): void {
    const before = linksOf(kind, states.before)
    const after = linksOf(kind, states.after)
    for (const link of before) if (!after.has(link)) this.#remove(link, id)
    for (const link of after) if (!before.has(link)) this.#add(link, id)
  }

  #add(link: string, id: string): void {
    const ids = this.#ids.get(link)
    if (ids) ids.add(id)
    else this.#ids.set(link, new Set([id]))
  }

  #remove(link: string, id: string): void {
    const ids = this.#ids.get(link)
    ids?.delete(id)
    if (ids?.size === 0) this.#ids.delete(link)
  }
}

function linksOf<K extends Kind>(kind: K, entity: Entities[K] | undefined): ReadonlySet<string> {
  const found = entity === undefined ? undefined : finders[kind]?.(entity)
  return found === undefined || found.length === 0
    ? nobody
    : new Set(found.map(([relation, from]) => `${relation} ${from}`))
}
