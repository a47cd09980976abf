/**
 * Users: made, read, renamed, removed.
 *
 * Errors  {@link Fault} `NoSuchEntity`, `EntityAlreadyExists`, `DeleteConflict`, `ValidationError`.
 * Source  IAM API reference, CreateUser and its kin; IAM User Guide, "Deleting an IAM user".
 *
 * @module
 */
import { Fault } from '../fault.js'
import type { IamOperations } from '../generated/iam-operations.js'
import type { AccountView } from '../state/account-view.js'
import { rootArn, userArn } from '../state/arns.js'
import type { UserEntity } from '../state/entity.js'
import { boundaryOf, shownBoundary } from './boundaries.js'
import { newId } from './ids.js'
import { claim, find, leaveFor, leaveToList, leaveToMake } from './named.js'
import { leaveForUser, userOrRoot } from './own-user.js'
import { nameKey, pageOf } from './page.js'
import { addTags, leaveToTag, shownTags } from './tags.js'

export function shownUser(view: AccountView, user: UserEntity) {
  const lastUsed = view.get('last-used', user.id)
  return {
    Path: user.path,
    UserName: user.name,
    UserId: user.id,
    Arn: userArn(view, user),
    CreateDate: new Date(user.createDate),
    ...(lastUsed && { PasswordLastUsed: new Date(lastUsed.date) }),
  }
}

/** With what lists leave out. */
function userInFull(view: AccountView, user: UserEntity) {
  return { ...shownUser(view, user), ...shownBoundary(user.boundary), ...shownTags(user.tags) }
}

function shownRoot(view: AccountView) {
  const created = view.get('account', view.account)?.createDate ?? new Date(0).toISOString()
  return {
    Path: '/',
    UserName: view.account,
    UserId: view.account,
    Arn: rootArn(view),
    CreateDate: new Date(created),
  }
}

/** What must be taken off a user before it can go, in the order in which AWS says it. */
function bondsOf(view: AccountView, { id, ...user }: UserEntity): string | undefined {
  if (view.keysOf(id).length > 0) return 'must delete access keys first.'
  if (user.login) return 'must delete login profile first.'
  if (view.devicesOf(id).length > 0) return 'must delete MFA device first.'
  if (user.attached.length > 0) return 'must detach all policies first.'
  if (Object.keys(user.inline).length > 0) return 'must delete policies first.'
  if (user.groups.length > 0) return 'must remove users from group first.'
  return undefined
}

export function inUse(bond: string): Fault {
  return new Fault('DeleteConflict', `Cannot delete entity, ${bond}`, 409)
}

export const users = {
  CreateUser: {
    mode: 'write',
    access: ({ UserName: name, Path: path, PermissionsBoundary, Tags }, { view }) => {
      const context = { 'iam:PermissionsBoundary': PermissionsBoundary }
      return leaveToTag(leaveToMake(view, 'user', { name, path, context }), 'iam:TagUser', Tags)
    },
    run({ UserName: name, Path: path = '/', PermissionsBoundary, Tags }, { call, draft }) {
      claim(draft, 'user', name)
      const user: UserEntity = {
        id: newId('AIDA'),
        name,
        path,
        createDate: call.now.toISOString(),
        tags: addTags([], Tags),
        groups: [],
        attached: [],
        inline: {},
        ...boundaryOf(draft, PermissionsBoundary),
      }
      draft.put('user', user)
      return { User: userInFull(draft, user) }
    },
  },
  GetUser: {
    mode: 'read',
    access: (input, scope) => leaveForUser(input, scope),
    run(input, { call, view }) {
      const user = userOrRoot(input, { call, view })
      return { User: user ? userInFull(view, user) : shownRoot(view) }
    },
  },
  ListUsers: {
    mode: 'read',
    access: ({ PathPrefix }, { view }) => leaveToList(view, 'user', PathPrefix),
    run({ PathPrefix = '/', ...input }, { view }) {
      const { items, rest } = pageOf(view.list('user'), input, {
        keyOf: nameKey,
        filter: ({ path }) => path.startsWith(PathPrefix),
      })
      return { Users: items.map((user) => shownUser(view, user)), ...rest }
    },
  },
  UpdateUser: {
    mode: 'write',
    access: (input, { view }) => {
      const old = leaveFor(view, 'user', { name: input.UserName })
      const user = view.named('user', input.UserName)
      if (!user) return old
      const { name, path } = renamed(user, input)
      return [old, leaveToMake(view, 'user', { name, path })]
    },
    run(input, { draft }) {
      const user = find(draft, 'user', input.UserName)
      const { name, path } = renamed(user, input)
      if (draft.named('user', name)?.id !== user.id) claim(draft, 'user', name)
      draft.put('user', { ...user, name, path })
    },
  },
  DeleteUser: {
    mode: 'write',
    access: (input, { view }) => leaveFor(view, 'user', { name: input.UserName }),
    run({ UserName }, { draft }) {
      const user = find(draft, 'user', UserName)
      const bond = bondsOf(draft, user)
      if (bond) throw inUse(bond)
      draft.remove('user', user.id)
      draft.remove('last-used', user.id)
    },
  },
} satisfies Partial<IamOperations>

/** Also of groups: what an update leaves out stays as it is. */
export function renamed(
  { name, path }: { readonly name: string; readonly path: string },
  {
    NewUserName,
    NewGroupName,
    NewPath,
  }: {
    readonly NewUserName?: string | undefined
    readonly NewGroupName?: string | undefined
    readonly NewPath?: string | undefined
  },
) {
  return { name: NewUserName ?? NewGroupName ?? name, path: NewPath ?? path }
}
