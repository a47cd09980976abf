/**
 * All that an app needs to decide for itself about an account's resources.
 *
 * Shape   `SnapshotShape` as text; each document once, by a hash of what it is. What does not change the account's decisions
 *         (keys, last uses) does not change the ETag.
 * Units   the snapshots of the last 16 accounts are kept as text.
 * Errors  None.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import type { NamedDocument } from '../authorize/compiled-document.js'
import { type CarriedDocuments, roleDocuments, userDocuments } from '../authorize/documents-of.js'
import type { Accounts } from '../iam/bound-principals.js'
import { Recent } from '../recent.js'
import type { AccountView } from '../state/account-view.js'
import { roleArn, userArn } from '../state/arns.js'
import type { ResourceEntity, RoleEntity, UserEntity } from '../state/entity.js'
import { accountsBound, policyOf } from './resource-policy.js'
import { tagsOf } from './resources.js'
import type { DocumentShape, PrincipalShape, ResourceShape, SnapshotShape } from './shapes.js'

/** Everything but when it was made. */
export type SnapshotBody = Omit<SnapshotShape, 'format' | 'account' | 'seq' | 'issued'>

interface Kept {
  /** Of the account, and of those whose users and roles its resources' policies name. */
  readonly revisions: ReadonlyMap<string, number | undefined>
  readonly json: string
  readonly etag: string
}

const kept = new Recent<Kept>(16)

/** Documents by id, as shapes that refer to them are made. */
export type Documents = Record<string, DocumentShape>

export function snapshotOf(accounts: Accounts): { readonly json: string; readonly etag: string } {
  const { view } = accounts
  const last = kept.get(view.account)
  if (last && isFresh(last, accounts)) return last
  const json = JSON.stringify(bodyOf(accounts))
  const etag = `"${createHash('sha256').update(json).digest('base64url')}"`
  const named = [view.account, ...accountsBound(view.list('resource'))]
  const revisions = new Map(named.map((one) => [one, revisionOf(one, accounts)]))
  const made = { revisions, json, etag }
  kept.set(view.account, made)
  return made
}

function isFresh({ revisions }: Kept, accounts: Accounts): boolean {
  return [...revisions].every(([account, revision]) => revisionOf(account, accounts) === revision)
}

function revisionOf(account: string, { view, world }: Accounts): number | undefined {
  return account === view.account ? view.revision : world.account(account)?.revision
}

/** The whole of it, with when it was made. */
export function withHead(
  json: string,
  head: Pick<SnapshotShape, 'account' | 'seq' | 'issued'>,
): string {
  return `${JSON.stringify({ format: 1, ...head }).slice(0, -1)},${json.slice(1)}`
}

function bodyOf(accounts: Accounts): SnapshotBody {
  const { view } = accounts
  const documents: Documents = {}
  const users = view
    .list('user')
    .map((user) => [userArn(view, user), userShape(view, user, documents)])
  const roles = view
    .list('role')
    .map((role) => [roleArn(view, role), roleShape(view, role, documents)])
  const resources = view
    .list('resource')
    .map((resource) => [resource.id, resourceShape(accounts, resource, documents)])
  return {
    principals: Object.fromEntries([...users, ...roles]),
    resources: Object.fromEntries(resources),
    services: servicesOf(view),
    documents,
  }
}

export function userShape(
  view: AccountView,
  user: UserEntity,
  documents: Documents,
): PrincipalShape {
  return { type: 'user', ...shapeOf(user, userDocuments(view, user), documents) }
}

export function roleShape(
  view: AccountView,
  role: RoleEntity,
  documents: Documents,
): PrincipalShape {
  return { type: 'role', ...shapeOf(role, roleDocuments(view, role), documents) }
}

export function resourceShape(
  accounts: Accounts,
  resource: ResourceEntity,
  documents: Documents,
): ResourceShape {
  const tags = tagsOf(resource)
  const text = policyOf(resource, accounts)
  if (text === undefined) return { tags }
  return { tags, policy: keep({ type: 'resource', name: resource.id, text }, documents) }
}

export function servicesOf(view: AccountView): SnapshotShape['services'] {
  return Object.fromEntries(view.list('service').map(({ id, definition }) => [id, definition]))
}

function shapeOf(
  bearer: Pick<UserEntity, 'id' | 'tags'>,
  { identity, boundary }: CarriedDocuments,
  documents: Documents,
): Omit<PrincipalShape, 'type'> {
  return {
    id: bearer.id,
    tags: tagsOf(bearer),
    identity: identity.map((document) => keep(document, documents)),
    ...(boundary && { boundary: keep(boundary, documents) }),
  }
}

function keep({ type, name, text }: NamedDocument, documents: Documents): string {
  const hash = createHash('sha256').update(`${type}\n${name}\n${text}`)
  const id = hash.digest('hex').slice(0, 32)
  documents[id] = { type: type as DocumentShape['type'], name, text }
  return id
}
