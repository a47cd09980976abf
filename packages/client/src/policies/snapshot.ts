/**
 * All that an app needs to decide for itself, as the control plane sends it.
 *
 * Shape   documents are kept once and named by their hash; principals and resources name documents.
 *         Nothing is taken over that is not whole: a policy that was lost could be a Deny.
 * Errors  {@link SnapshotError} (`ERR_SNAPSHOT_INVALID`).
 *
 * @module
 */
import { type CompiledPolicy, compile } from '@iamkit/core'
import { SnapshotError } from '../errors.js'
import { acceptedPolicy } from './accepted-policy.js'

/** By key, as it was spelled when it was set. */
export type TagMap = Readonly<Record<string, string>>

export interface SnapshotPrincipal {
  readonly type: 'user' | 'role'
  readonly id: string
  readonly tags: TagMap
  /** Names of documents. */
  readonly identity: readonly string[]
  readonly boundary?: string
}

export interface SnapshotDocument {
  readonly type: 'identity' | 'boundary' | 'resource'
  readonly name: string
  readonly text: string
}

export interface SnapshotResource {
  readonly tags: TagMap
  readonly policy?: string
}

type ById<T> = Readonly<Record<string, T>>

export interface Snapshot {
  readonly format: 1
  readonly account: string
  /** Which change of the control plane it is as of. */
  readonly seq: number
  readonly principals: ById<SnapshotPrincipal>
  readonly documents: ById<SnapshotDocument>
  readonly resources: ById<SnapshotResource>
}

/** What changed between two snapshots; `null`: it is gone. */
export interface SnapshotChange {
  readonly account: string
  readonly previous: number
  readonly seq: number
  readonly principals?: ById<SnapshotPrincipal | null>
  readonly documents?: ById<SnapshotDocument>
  readonly resources?: ById<SnapshotResource | null>
}

export function readSnapshot(value: unknown): Snapshot {
  const { format, account, seq, principals, documents, resources } = fieldsOf(value, 'snapshot')
  if (format !== 1) throw new SnapshotError(`a format that is not known: \`${String(format)}\``)
  return {
    format,
    account: readText(account, 'account'),
    seq: readSeq(seq, 'seq'),
    principals: readEach(principals, readPrincipal),
    documents: readEach(documents, readDocument),
    resources: readEach(resources, readResource),
  }
}

/** @param text as the stream brings it */
export function readChange(text: string): SnapshotChange {
  const change = fieldsOf(parseJson(text), 'change')
  const { account, previous, seq, principals, documents, resources } = change
  return {
    account: readText(account, 'account'),
    previous: readSeq(previous, 'previous'),
    seq: readSeq(seq, 'seq'),
    principals: readEach(principals ?? {}, orNull(readPrincipal)),
    documents: readEach(documents ?? {}, readDocument),
    resources: readEach(resources ?? {}, orNull(readResource)),
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new SnapshotError('a change is no JSON', cause)
  }
}

/** Checks that a document is what its name says, and makes it ready. */
export async function compileDocument(
  id: string,
  { type, name, text }: SnapshotDocument,
): Promise<CompiledPolicy> {
  const bytes = new TextEncoder().encode(`${type}\n${name}\n${text}`)
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  const hash = Array.from(digest.subarray(0, 16), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
  if (hash !== id) throw new SnapshotError(`document \`${name}\` is not what its name says`)
  try {
    return compile(acceptedPolicy(text, type, name))
  } catch (cause) {
    throw new SnapshotError(`document \`${name}\` is no policy`, cause)
  }
}

function readPrincipal(value: unknown, where: string): SnapshotPrincipal {
  const { type, id, tags, identity, boundary } = fieldsOf(value, where)
  if (type !== 'user' && type !== 'role') throw new SnapshotError(`${where}: type is not known`)
  if (!Array.isArray(identity)) throw new SnapshotError(`${where}: identity is no list`)
  return {
    type,
    id: readText(id, where),
    tags: readTags(tags, where),
    identity: identity.map((name) => readText(name, where)),
    ...(boundary !== undefined && { boundary: readText(boundary, where) }),
  }
}

function readDocument(value: unknown, where: string): SnapshotDocument {
  const { type, name, text } = fieldsOf(value, where)
  if (type !== 'identity' && type !== 'boundary' && type !== 'resource') {
    throw new SnapshotError(`${where}: type is not known`)
  }
  return { type, name: readText(name, where), text: readText(text, where) }
}

function readResource(value: unknown, where: string): SnapshotResource {
  const { tags, policy } = fieldsOf(value, where)
  return {
    tags: readTags(tags, where),
    ...(policy !== undefined && { policy: readText(policy, where) }),
  }
}

function readTags(value: unknown, where: string): TagMap {
  return readEach(value ?? {}, (text) => {
    if (typeof text === 'string') return text
    throw new SnapshotError(`${where}: a tag is no text`)
  })
}

function orNull<T>(read: (value: unknown, where: string) => T) {
  return (value: unknown, where: string): T | null => (value === null ? null : read(value, where))
}

/** Into an object without a prototype: names come from afar. */
function readEach<T>(value: unknown, read: (value: unknown, where: string) => T): ById<T> {
  const each: Record<string, T> = Object.create(null)
  for (const [name, item] of Object.entries(fieldsOf(value, 'list'))) each[name] = read(item, name)
  return each
}

function fieldsOf(value: unknown, where: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  throw new SnapshotError(`${where}: expected an object`)
}

function readText(value: unknown, where: string): string {
  if (typeof value === 'string' && value !== '') return value
  throw new SnapshotError(`${where}: expected text`)
}

function readSeq(value: unknown, where: string): number {
  if (Number.isSafeInteger(value) && (value as number) >= 0) return value as number
  throw new SnapshotError(`${where}: expected a whole number`)
}
