/**
 * Groups, and who is in them.
 *
 * Units   a user is in at most 10 groups.
 * Errors  {@link Fault} `NoSuchEntity`, `EntityAlreadyExists`, `DeleteConflict`, `LimitExceeded`.
 * Source  IAM API reference, CreateGroup and its kin; IAM User Guide, "IAM and STS quotas".
 *
 * @module
 */
import type { IamOperations } from '../generated/iam-operations.js'
import type { AccountView } from '../state/account-view.js'
import { groupArn } from '../state/arns.js'
import type { GroupEntity, UserEntity } from '../state/entity.js'
import { newId } from './ids.js'
import { checkQuota } from './limits.js'
import { claim, find, leaveFor, leaveToList, leaveToMake } from './named.js'
import { inOrder, nameKey, pageOf } from './page.js'
import { inUse, renamed, shownUser } from './users.js'

export function shownGroup(view: AccountView, group: GroupEntity) {
  return {
    Path: group.path,
    GroupName: group.name,
    GroupId: group.id,
    Arn: groupArn(view, group),
    CreateDate: new Date(group.createDate),
  }
}

export function groupsOf(view: AccountView, { groups }: UserEntity): readonly GroupEntity[] {
  return inOrder(
    groups.flatMap((id) => view.get('group', id) ?? []),
    nameKey,
  )
}

function membersOf(view: AccountView, { id }: GroupEntity): readonly UserEntity[] {
  return inOrder(
    [...view.members(id)].flatMap((user) => view.get('user', user) ?? []),
    nameKey,
  )
}

export const groups = {
  CreateGroup: {
    mode: 'write',
    access: ({ GroupName: name, Path: path }, { view }) =>
      leaveToMake(view, 'group', { name, path }),
    run({ GroupName: name, Path: path = '/' }, { call, draft }) {
      claim(draft, 'group', name)
      const createDate = call.now.toISOString()
      const id = newId('AGPA')
      const group: GroupEntity = { id, name, path, createDate, attached: [], inline: {} }
      draft.put('group', group)
      return { Group: shownGroup(draft, group) }
    },
  },
  GetGroup: {
    mode: 'read',
    access: ({ GroupName: name }, { view }) => leaveFor(view, 'group', { name }),
    run({ GroupName, ...input }, { view }) {
      const group = find(view, 'group', GroupName)
      const { items, rest } = pageOf(membersOf(view, group), input, { keyOf: nameKey })
      const Users = items.map((user) => shownUser(view, user))
      return { Group: shownGroup(view, group), Users, ...rest }
    },
  },
  ListGroups: {
    mode: 'read',
    access: ({ PathPrefix }, { view }) => leaveToList(view, 'group', PathPrefix),
    run({ PathPrefix = '/', ...input }, { view }) {
      const { items, rest } = pageOf(view.list('group'), input, {
        keyOf: nameKey,
        filter: ({ path }) => path.startsWith(PathPrefix),
      })
      return { Groups: items.map((group) => shownGroup(view, group)), ...rest }
    },
  },
  ListGroupsForUser: {
    mode: 'read',
    access: ({ UserName: name }, { view }) => leaveFor(view, 'user', { name }),
    run({ UserName, ...input }, { view }) {
      const user = find(view, 'user', UserName)
      const { items, rest } = pageOf(groupsOf(view, user), input, { keyOf: nameKey })
      return { Groups: items.map((group) => shownGroup(view, group)), ...rest }
    },
  },
  UpdateGroup: {
    mode: 'write',
    access: (input, { view }) => {
      const old = leaveFor(view, 'group', { name: input.GroupName })
      const group = view.named('group', input.GroupName)
      if (!group) return old
      const { name, path } = renamed(group, input)
      return [old, leaveToMake(view, 'group', { name, path })]
    },
    run(input, { draft }) {
      const group = find(draft, 'group', input.GroupName)
      const { name, path } = renamed(group, input)
      if (draft.named('group', name)?.id !== group.id) claim(draft, 'group', name)
      draft.put('group', { ...group, name, path })
    },
  },
  DeleteGroup: {
    mode: 'write',
    access: ({ GroupName: name }, { view }) => leaveFor(view, 'group', { name }),
    run({ GroupName }, { draft }) {
      const group = find(draft, 'group', GroupName)
      if (draft.members(group.id).size > 0) throw inUse('must remove users from group first.')
      if (group.attached.length > 0) throw inUse('must detach all policies first.')
      if (Object.keys(group.inline).length > 0) throw inUse('must delete policies first.')
      draft.remove('group', group.id)
    },
  },
  AddUserToGroup: {
    mode: 'write',
    access: ({ GroupName: name }, { view }) => leaveFor(view, 'group', { name }),
    run({ GroupName, UserName }, { draft }) {
      const group = find(draft, 'group', GroupName)
      const user = find(draft, 'user', UserName)
      if (user.groups.includes(group.id)) return
      checkQuota('GroupsPerUser', user.groups.length + 1)
      draft.put('user', { ...user, groups: [...user.groups, group.id] })
    },
  },
  RemoveUserFromGroup: {
    mode: 'write',
    access: ({ GroupName: name }, { view }) => leaveFor(view, 'group', { name }),
    run({ GroupName, UserName }, { draft }) {
      const group = find(draft, 'group', GroupName)
      const user = find(draft, 'user', UserName)
      draft.put('user', { ...user, groups: user.groups.filter((id) => id !== group.id) })
    },
  },
} satisfies Partial<IamOperations>
