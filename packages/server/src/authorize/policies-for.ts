/**
 * A caller → the policies that speak for it.
 *
 * Shape   identity, boundary and session policies; the resource's own comes with the question. Prepared once, and again
 *         only when a document has changed.
 * Units   the sets of the last 10,000 callers are kept.
 * Errors  None: a caller whose user or role is gone is denied everything.
 * Source  Specification 4.1 and 5.2.
 *
 * @module
 */
import { type CompiledPolicy, createPolicySet, type PolicySet } from '@iamkit/core'
import type { Caller, Session } from '../authenticate/caller.js'
import { Recent } from '../recent.js'
import type { AccountView } from '../state/account-view.js'
import type { World } from '../state/world.js'
import { compiledDocument, denyAll, type NamedDocument } from './compiled-document.js'
import {
  type CarriedDocuments,
  managedDocument,
  roleDocuments,
  userDocuments,
} from './documents-of.js'

/** Of a caller, as far as its policies depend on it. */
export type Bearer = Pick<Caller, 'principal' | 'account' | 'session'>

interface Prepared {
  readonly revision: number
  readonly documents: readonly CompiledPolicy[]
  readonly set: PolicySet
}

const prepared = new Recent<Prepared>(10_000)
const NONE: PolicySet = createPolicySet({})

export function policiesFor(caller: Bearer, world: World): PolicySet {
  const { type } = caller.principal
  if (type === 'root' || type === 'anonymous' || type === 'federated-caller') return NONE
  const view = world.account(caller.account)
  const key = keyOf(caller)
  const last = prepared.get(key)
  if (last && last.revision === view?.revision) return last.set

  const policies = view ? compiledPolicies(caller, view) : GONE
  const documents = Object.values(policies).flat()
  const isSame =
    last?.documents.length === documents.length &&
    documents.every((document, i) => document === last.documents[i])
  const set = last && isSame ? last.set : createPolicySet(policies)
  if (view) prepared.set(key, { revision: view.revision, documents, set })
  return set
}

/** Sessions without policies of their own share their role's or user's. */
function keyOf({ principal, account, session }: Bearer): string {
  const own = isNarrowed(session) ? (session?.accessKeyId ?? '') : ''
  return [principal.type, account, 'id' in principal ? principal.id : session?.subject, own].join(
    ' ',
  )
}

function isNarrowed(session: Session | undefined): boolean {
  return (
    session?.kind === 'federated' ||
    session?.policies !== undefined ||
    session?.policyArns !== undefined
  )
}

/** Each in its place, so that the same documents in other places are other policies. */
interface Layers {
  readonly identity: readonly CompiledPolicy[]
  readonly boundary?: CompiledPolicy
  readonly session?: readonly CompiledPolicy[]
}

const GONE: Layers = {
  identity: [
    compiledDocument({ type: 'identity', name: 'no such principal', text: denyAll('identity') }),
  ],
}

function compiledPolicies(caller: Bearer, view: AccountView): Layers {
  const carried = carriedDocuments(caller, view)
  if (!carried) return GONE
  const session = caller.session && sessionDocuments(caller.session, view)
  return {
    identity: carried.identity.map(compiledDocument),
    ...(carried.boundary && { boundary: compiledDocument(carried.boundary) }),
    ...(session && { session: session.map(compiledDocument) }),
  }
}

function carriedDocuments(
  { principal, session }: Bearer,
  view: AccountView,
): CarriedDocuments | undefined {
  const id = 'id' in principal ? principal.id : session?.subject
  if (principal.type === 'federated-user' && id === undefined) return { identity: [EVERYTHING] }
  if (id === undefined) return undefined
  if (principal.type === 'role-session') {
    const role = view.get('role', id)
    return role && roleDocuments(view, role)
  }
  const user = view.get('user', id)
  return user && userDocuments(view, user)
}

/** What root may do, which a session that root has federated narrows. */
const EVERYTHING: NamedDocument = {
  type: 'identity',
  name: 'root',
  text: '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}',
}

function sessionDocuments(
  { policies, policyArns }: Session,
  view: AccountView,
): readonly NamedDocument[] | undefined {
  if (!policies && !policyArns) return undefined
  const inline = (policies ?? []).map(
    (text, i): NamedDocument => ({
      type: 'session',
      name: `session policy ${i + 1}`,
      text,
    }),
  )
  return [...inline, ...(policyArns ?? []).map((arn) => managedDocument(view, arn, 'session'))]
}
