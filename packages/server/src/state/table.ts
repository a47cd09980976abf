/**
 * The records of one kind: by id, by name where they have one, and in order.
 *
 * Shape   the order is that of names, else of ids, by UTF-16 code units of the lower-cased text; ids break a tie.
 * Errors  None.
 *
 * @module
 */

interface Row {
  readonly id: string
  readonly name?: string
}

interface Entry<Entity> {
  readonly key: string
  readonly entity: Entity
}

export class Table<Entity extends Row> {
  readonly #entities = new Map<string, Entity>()
  readonly #ids = new Map<string, string>()
  /** In order as of the last time that somebody asked, and what has changed since. */
  #entries: readonly Entry<Entity>[] | undefined
  readonly #changed = new Set<string>()
  #list: readonly Entity[] = []

  get size(): number {
    return this.#entities.size
  }

  get(id: string): Entity | undefined {
    return this.#entities.get(id)
  }

  named(name: string): Entity | undefined {
    const id = this.#ids.get(name.toLowerCase())
    return id === undefined ? undefined : this.#entities.get(id)
  }

  set(id: string, entity: Entity | undefined): void {
    const name = this.#entities.get(id)?.name?.toLowerCase()
    // the name may be another's by now: changes that arrive together come in no order
    if (name !== undefined && this.#ids.get(name) === id) this.#ids.delete(name)
    if (entity?.name !== undefined) this.#ids.set(entity.name.toLowerCase(), id)

    if (entity) this.#entities.set(id, entity)
    else this.#entities.delete(id)
    if (this.#entries) this.#changed.add(id)
  }

  list(): readonly Entity[] {
    if (this.#entries && this.#changed.size === 0) return this.#list

    const kept = this.#entries?.filter(({ entity }) => !this.#changed.has(entity.id)) ?? []
    const added = this.#entries
      ? [...this.#changed].flatMap((id) => this.#entities.get(id) ?? [])
      : this.#entities.values()
    this.#entries = [...kept, ...Array.from(added, entryOf)].sort(byKey)
    this.#changed.clear()
    this.#list = Object.freeze(this.#entries.map(({ entity }) => entity))
    return this.#list
  }
}

function entryOf<Entity extends Row>(entity: Entity): Entry<Entity> {
  return { key: (entity.name ?? entity.id).toLowerCase(), entity }
}

function byKey(one: Entry<Row>, other: Entry<Row>): number {
  return compare(one.key, other.key) || compare(one.entity.id, other.entity.id)
}

function compare(one: string, other: string): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}
