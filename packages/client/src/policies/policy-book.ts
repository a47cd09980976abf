/**
 * The policies of an account in memory, found by caller and resource.
 *
 * Shape   a snapshot is taken over whole, in one step that nothing can come between; so is a change to it.
 *         A principal's record is replaced when it changes, and with it go the sets that were made for it.
 * Errors  {@link SnapshotError} (`ERR_SNAPSHOT_INVALID`): the book is as it was.
 * Source  Specification 4.1 and 5.1.
 *
 * @module
 */
import {
  type CompiledPolicy,
  compile,
  createPolicySet,
  type PolicySet,
  type RequestPrincipal,
} from '@iamkit/core'
import type { CanSnapshot } from '../can/can-snapshot.js'
import { SnapshotError } from '../errors.js'
import { acceptedPolicy } from './accepted-policy.js'
import { namesIn, type Pages, pagesOf, turn } from './pages.js'
import {
  compileDocument,
  type Snapshot,
  type SnapshotChange,
  type SnapshotDocument,
  type SnapshotPrincipal,
  type TagMap,
} from './snapshot.js'

export interface BookQuestion {
  readonly principal: RequestPrincipal
  readonly resource: string
  /** The texts of policies that the session was made with. */
  readonly session?: readonly string[] | undefined
}

/** Who is not in the book has no policies at all. */
const NOBODY: SnapshotPrincipal = { type: 'role', id: '', tags: {}, identity: [] }
const NOTHING: PolicySet = {}
/** Sets that are kept for one principal: for each resource policy that it met. */
const KEPT_SETS = 256
/** Documents that are hashed at once: in a process that is busy, each time that it waits may take long. */
const AT_ONCE = 64

export class PolicyBook {
  #state: Pages | undefined
  #compiled = new Map<string, CompiledPolicy>()
  #sets = new WeakMap<SnapshotPrincipal, Map<string, PolicySet>>()
  /** How many documents there may be before those that nobody names are looked for. */
  #room = 0

  get snapshot(): Snapshot | undefined {
    return this.#state
  }

  /** Takes over a snapshot: never one of another account, nor one older than what is here. */
  async replace(next: Snapshot): Promise<void> {
    this.#check(next)
    const compiled = await this.#compileAll(next.documents)
    checkNames(next, (name) => compiled.has(name))
    this.#check(next) // a change may have come while the documents were compiled
    this.#state = pagesOf(next)
    this.#compiled = compiled
    this.#forget(this.#state)
  }

  /** False where something before it was missed: the snapshot must be fetched again. */
  async apply(change: SnapshotChange): Promise<boolean> {
    const state = this.#state
    if (!state || change.previous !== state.seq)
      return state !== undefined && change.seq <= state.seq
    this.#check(change)
    const fresh = await this.#compileAll(change.documents ?? {})
    checkNames(change, (name) => fresh.has(name) || this.#compiled.has(name))
    if (this.#state !== state || change.previous !== state.seq) return false
    for (const [name, policy] of fresh) this.#compiled.set(name, policy)
    turn(state, change)
    if (this.#compiled.size > this.#room) this.#forget(state)
    return true
  }

  find({ principal, resource, session = [] }: BookQuestion): PolicySet {
    const state = this.#state
    if (!state) throw new SnapshotError('there is none yet')
    const holder = holderIn(state, principal)
    if (holder === NOBODY && isOver(state, principal)) return NOTHING
    const policy = own(state.resources, resource)?.policy
    const key = JSON.stringify([policy, session])
    const sets = this.#sets.get(holder) ?? new Map<string, PolicySet>()
    this.#sets.set(holder, sets)
    const known = holder === NOBODY ? undefined : sets.get(key)
    if (known) return known
    const set = createPolicySet({
      identity: holder.identity.map((id) => this.#document(id)),
      ...(holder.boundary !== undefined && { boundary: this.#document(holder.boundary) }),
      ...(policy !== undefined && { resource: this.#document(policy) }),
      ...(session.length > 0 && { session: session.map(compileSession) }),
    })
    if (sets.size >= KEPT_SETS) sets.clear()
    if (holder !== NOBODY) sets.set(key, set)
    return set
  }

  /** Tags of a resource that the control plane keeps. */
  tagsOf(resource: string): TagMap | undefined {
    return this.#state && own(this.#state.resources, resource)?.tags
  }

  /** A resource with a policy of its own that an ARN with `{placeholders}` may stand for. */
  findPolicyUnder(template: string): string | undefined {
    const literals = template.split(/\{[^}]*\}/)
    if (literals.length === 1) return undefined
    for (const [arn, { policy }] of Object.entries(this.#state?.resources ?? {})) {
      if (policy !== undefined && standIn(arn, literals)) return arn
    }
    return undefined
  }

  /** What a browser may know of one caller's policies. */
  snapshotOf({ principal, session = [] }: BookQuestion): CanSnapshot {
    const state = this.#state
    if (!state) throw new SnapshotError('there is none yet')
    const { identity, boundary } = holderIn(state, principal)
    const textOf = (id: string) => own(state.documents, id)?.text ?? ''
    return {
      format: 1,
      principal,
      identity: identity.map(textOf),
      ...(boundary !== undefined && { boundary: textOf(boundary) }),
      ...(session.length > 0 && { session }),
    }
  }

  #check({ account, seq }: { readonly account: string; readonly seq: number }): void {
    const before = this.#state
    if (before && account !== before.account)
      throw new SnapshotError(`of another account: \`${account}\``)
    if (before && seq < before.seq)
      throw new SnapshotError(`older (${seq}) than the one in hand (${before.seq})`)
  }

  async #compileAll(
    documents: Readonly<Record<string, SnapshotDocument>>,
  ): Promise<Map<string, CompiledPolicy>> {
    const compiled = new Map<string, CompiledPolicy>()
    const one = async ([id, document]: [string, SnapshotDocument]) => {
      const known = isSame(this.#state?.documents[id], document) && this.#compiled.get(id)
      compiled.set(id, known || (await compileDocument(id, document)))
    }
    const entries = Object.entries(documents)
    for (let i = 0; i < entries.length; i += AT_ONCE) {
      await Promise.all(entries.slice(i, i + AT_ONCE).map(one))
    }
    return compiled
  }

  /** What nobody names any more. It is looked for each time that the documents have doubled. */
  #forget(state: Pages): void {
    const named = new Set(namesIn(state))
    for (const name of this.#compiled.keys()) {
      if (named.has(name)) continue
      this.#compiled.delete(name)
      delete state.documents[name]
    }
    this.#room = 2 * this.#compiled.size + AT_ONCE
  }

  #document(id: string): CompiledPolicy {
    const policy = this.#compiled.get(id)
    if (policy) return policy
    throw new SnapshotError(`document \`${id}\` is missing`)
  }
}

function isSame(a: SnapshotDocument | undefined, b: SnapshotDocument): boolean {
  return a?.text === b.text && a.name === b.name && a.type === b.type
}

/** Whether a text has these pieces, from its beginning to its end. */
function standIn(text: string, literals: readonly string[]): boolean {
  let at = 0
  for (const [i, literal] of literals.entries()) {
    const isLast = i === literals.length - 1
    const found =
      i === 0 ? 0 : isLast ? Math.max(at, text.length - literal.length) : text.indexOf(literal, at)
    if (found < 0 || !text.startsWith(literal, found)) return false
    at = found + literal.length
  }
  return true
}

function compileSession(text: string): CompiledPolicy {
  return compile(acceptedPolicy(text, 'session', 'session policy'))
}

/** Whose policies a caller has. One that was made again under an old name is another, and its sessions are over. */
function holderIn(
  { principals, account }: Snapshot,
  principal: RequestPrincipal,
): SnapshotPrincipal {
  if (!('account' in principal) || principal.account !== account) return NOBODY
  const arn = holderArn(principal)
  const found = arn === undefined ? undefined : own(principals, arn)
  const id = 'id' in principal ? principal.id : undefined
  return found && (id === undefined || id === found.id) ? found : NOBODY
}

/** Whether a caller of the account has an id that nobody in the book has: resources may name its successor. */
function isOver({ account }: Snapshot, principal: RequestPrincipal): boolean {
  return 'id' in principal && principal.id !== undefined && principal.account === account
}

function holderArn(principal: RequestPrincipal): string | undefined {
  switch (principal.type) {
    case 'user':
      return principal.arn
    case 'role-session':
      return principal.roleArn
    case 'federated-user':
      return principal.userArn
    default:
      return undefined
  }
}

/** What is named must be there. */
function checkNames(
  change: Pick<SnapshotChange, 'principals' | 'resources'>,
  isThere: (name: string) => boolean,
): void {
  const missing = namesIn(change).find((name) => !isThere(name))
  if (missing !== undefined) throw new SnapshotError(`document \`${missing}\` is missing`)
}

function own<T>(each: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(each, name) ? each[name] : undefined
}
