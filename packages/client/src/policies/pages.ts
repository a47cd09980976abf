/**
 * What a policy book holds: a snapshot of its own, changed in place.
 *
 * Shape   a change takes as long as what it changes, however much there is beside it. Nothing waits in the middle of one, so
 *         nobody sees a half.
 * Errors  None: who changes has checked before.
 *
 * @module
 */
import type {
  Snapshot,
  SnapshotChange,
  SnapshotDocument,
  SnapshotPrincipal,
  SnapshotResource,
} from './snapshot.js'

export interface Pages extends Snapshot {
  seq: number
  readonly principals: Record<string, SnapshotPrincipal>
  readonly documents: Record<string, SnapshotDocument>
  readonly resources: Record<string, SnapshotResource>
}

export function pagesOf(snapshot: Snapshot): Pages {
  return {
    ...snapshot,
    principals: copy(snapshot.principals),
    documents: copy(snapshot.documents),
    resources: copy(snapshot.resources),
  }
}

export function turn(pages: Pages, change: SnapshotChange): void {
  pages.seq = change.seq
  Object.assign(pages.documents, change.documents)
  set(pages.principals, change.principals)
  set(pages.resources, change.resources)
}

/** The documents that somebody needs. */
export function namesIn({
  principals = {},
  resources = {},
}: Pick<SnapshotChange, 'principals' | 'resources'>): readonly string[] {
  return [
    ...Object.values(principals).flatMap((one) => (one ? [...one.identity, one.boundary] : [])),
    ...Object.values(resources).map((one) => one?.policy),
  ].filter((name) => name !== undefined)
}

/** Without a prototype: names come from afar. */
function copy<T>(each: Readonly<Record<string, T>>): Record<string, T> {
  return Object.assign(Object.create(null), each)
}

function set<T>(each: Record<string, T>, changed: Readonly<Record<string, T | null>> = {}): void {
  for (const [name, value] of Object.entries(changed)) {
    if (value === null) delete each[name]
    else each[name] = value
  }
}
