/**
 * Whose a key or a session is.
 *
 * Errors  None: a user, a role or an account that is gone is nobody.
 * Source  Specification 4.1 and 4.2.
 *
 * @module
 */
import type { RequestPrincipal } from '@iamkit/core'
import {
  assumedRoleArn,
  federatedUserArn,
  type Owner,
  roleArn,
  rootArn,
  userArn,
} from '../state/arns.js'
import type { RoleEntity, TagEntry, UserEntity } from '../state/entity.js'
import type { FoundKey, World } from '../state/world.js'
import type { Caller, Session } from './caller.js'

/** Made anew when the key or its user is another record than before. */
const callers = new WeakMap<FoundKey['key'], Kept>()

interface Kept {
  readonly user: UserEntity | undefined
  readonly caller: Caller
}

export function keyCaller({ account, key }: FoundKey, world: World): Caller | undefined {
  const view = world.account(account)
  const user = key.user === undefined ? undefined : view?.get('user', key.user)
  if (!view || (key.user !== undefined && !user)) return undefined
  const kept = callers.get(key)
  if (kept && kept.user === user) return kept.caller
  const caller = { ...(user ? userCaller(view, user) : rootCaller(view)), accessKeyId: key.id }
  callers.set(key, { user, caller })
  return caller
}

export function sessionCaller(session: Session, world: World): Caller | undefined {
  const caller = principalOf(session, world)
  return caller && { ...caller, accessKeyId: session.accessKeyId, session }
}

/** Who has called as it is now: undefined where its key or session has ended, or its user or role is gone. */
export function callerNow(
  { session, accessKeyId = '' }: Caller,
  { world, now }: { readonly world: World; readonly now: Date },
): Caller | undefined {
  if (session)
    return Date.parse(session.expires) > now.getTime() ? sessionCaller(session, world) : undefined
  const found = world.accessKey(accessKeyId)
  return found?.key.status === 'Active' ? keyCaller(found, world) : undefined
}

function principalOf(session: Session, world: World): Caller | undefined {
  const view = world.account(session.account)
  const { kind, subject = '' } = session
  if (!view || hasLostItsKey(session, world)) return undefined
  if (kind === 'root') return rootCaller(view)
  if (kind === 'role') {
    const role = view.get('role', subject)
    return role && roleCaller(session, view, role)
  }
  const user = view.get('user', subject)
  if (kind === 'federated') return federatedCaller(session, view, user)
  return user && userCaller(view, user)
}

/** Of what stands for an access key: it is no more than the key is. */
function hasLostItsKey({ madeWith, account, subject }: Session, world: World): boolean {
  if (madeWith === undefined) return false
  const found = world.accessKey(madeWith)
  const isIts = found?.account === account && found.key.user === subject
  return !isIts || found?.key.status !== 'Active'
}

export function rootCaller(owner: Owner): Caller {
  const { account } = owner
  return { principal: { type: 'root', account, arn: rootArn(owner) }, account, userId: account }
}

export function userCaller(owner: Owner, user: UserEntity): Caller {
  const { account } = owner
  const principal: RequestPrincipal = {
    type: 'user',
    account,
    arn: userArn(owner, user),
    id: user.id,
  }
  return { principal, account, userId: user.id, tags: tagMap(user.tags) }
}

export function roleCaller(
  session: Pick<Session, 'name' | 'tags'>,
  owner: Owner,
  role: RoleEntity,
): Caller {
  const { account } = owner
  const name = session.name ?? ''
  const principal: RequestPrincipal = {
    type: 'role-session',
    account,
    arn: assumedRoleArn(owner, role.name, name),
    roleArn: roleArn(owner, role),
    id: role.id,
  }
  return {
    principal,
    account,
    userId: `${role.id}:${name}`,
    tags: sessionTags(tagMap(role.tags), session.tags),
  }
}

/** Of root, where no user federated: `user` is then absent, and so is the session's subject. */
function federatedCaller(
  session: Session,
  owner: Owner,
  user: UserEntity | undefined,
): Caller | undefined {
  if (session.subject !== undefined && !user) return undefined
  const { account } = owner
  const name = session.name ?? ''
  const principal: RequestPrincipal = {
    type: 'federated-user',
    account,
    arn: federatedUserArn(owner, name),
    userArn: user ? userArn(owner, user) : rootArn(owner),
  }
  const tags = sessionTags(user ? tagMap(user.tags) : {}, session.tags)
  return { principal, account, userId: `${account}:${name}`, tags }
}

/** A session's tag takes the place of one of the same key, whatever its case. */
function sessionTags(
  own: Readonly<Record<string, string>>,
  session: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const taken = new Set(Object.keys(session).map((key) => key.toLowerCase()))
  const rest = Object.entries(own).filter(([key]) => !taken.has(key.toLowerCase()))
  return Object.fromEntries([...rest, ...Object.entries(session)])
}

function tagMap(tags: readonly TagEntry[]): Readonly<Record<string, string>> {
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]))
}
