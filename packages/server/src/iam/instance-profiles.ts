/**
 * Instance profiles, each of which holds one role.
 *
 * Errors  {@link Fault} `NoSuchEntity`, `EntityAlreadyExists`, `DeleteConflict`, `LimitExceeded`.
 * Source  IAM API reference, CreateInstanceProfile and its kin.
 *
 * @module
 */
import type { IamOperations } from '../generated/iam-operations.js'
import type { AccountView } from '../state/account-view.js'
import { instanceProfileArn } from '../state/arns.js'
import type { InstanceProfileEntity } from '../state/entity.js'
import type { Accounts } from './bound-principals.js'
import { newId } from './ids.js'
import { checkQuota } from './limits.js'
import { claim, find, leaveFor, leaveToList, leaveToMake } from './named.js'
import { inOrder, nameKey, pageOf } from './page.js'
import { changeableRole, shownRole } from './roles.js'
import { addTags, leaveToTag, shownTags } from './tags.js'
import { inUse } from './users.js'

/** As lists have it. */
export function shownProfile(profile: InstanceProfileEntity, accounts: Accounts) {
  const { view } = accounts
  const roles = profile.roles.flatMap((id) => view.get('role', id) ?? [])
  return {
    Path: profile.path,
    InstanceProfileName: profile.name,
    InstanceProfileId: profile.id,
    Arn: instanceProfileArn(view, profile),
    CreateDate: new Date(profile.createDate),
    Roles: roles.map((role) => shownRole(role, accounts)),
  }
}

/** An instance may hand the role on to whatever runs on it: whoever adds a role must be allowed to pass it. */
function leaveToPass(view: AccountView, name: string) {
  const context = { 'iam:PassedToService': 'ec2.amazonaws.com' }
  return { ...leaveFor(view, 'role', { name, context }), action: 'iam:PassRole' }
}

export const instanceProfiles = {
  CreateInstanceProfile: {
    mode: 'write',
    access: ({ InstanceProfileName: name, Path: path, Tags }, { view }) => {
      const made = leaveToMake(view, 'instance-profile', { name, path })
      return leaveToTag(made, 'iam:TagInstanceProfile', Tags)
    },
    run({ InstanceProfileName: name, Path: path = '/', Tags }, { call, draft }) {
      claim(draft, 'instance-profile', name)
      const profile: InstanceProfileEntity = {
        id: newId('AIPA'),
        name,
        path,
        createDate: call.now.toISOString(),
        tags: addTags([], Tags),
        roles: [],
      }
      draft.put('instance-profile', profile)
      const shown = shownProfile(profile, { view: draft, world: call.world })
      return { InstanceProfile: { ...shown, ...shownTags(profile.tags) } }
    },
  },
  GetInstanceProfile: {
    mode: 'read',
    access: ({ InstanceProfileName: name }, { view }) =>
      leaveFor(view, 'instance-profile', { name }),
    run({ InstanceProfileName }, { call, view }) {
      const profile = find(view, 'instance-profile', InstanceProfileName)
      const shown = shownProfile(profile, { view, world: call.world })
      return { InstanceProfile: { ...shown, ...shownTags(profile.tags) } }
    },
  },
  ListInstanceProfiles: {
    mode: 'read',
    access: ({ PathPrefix }, { view }) => leaveToList(view, 'instance-profile', PathPrefix),
    run({ PathPrefix = '/', ...input }, { call, view }) {
      const { items, rest } = pageOf(view.list('instance-profile'), input, {
        keyOf: nameKey,
        filter: ({ path }) => path.startsWith(PathPrefix),
      })
      const accounts = { view, world: call.world }
      return { InstanceProfiles: items.map((profile) => shownProfile(profile, accounts)), ...rest }
    },
  },
  ListInstanceProfilesForRole: {
    mode: 'read',
    access: ({ RoleName: name }, { view }) => leaveFor(view, 'role', { name }),
    run({ RoleName, ...input }, { call, view }) {
      const profiles = inOrder(view.profilesOf(find(view, 'role', RoleName).id), nameKey)
      const { items, rest } = pageOf(profiles, input, { keyOf: nameKey })
      const accounts = { view, world: call.world }
      return { InstanceProfiles: items.map((profile) => shownProfile(profile, accounts)), ...rest }
    },
  },
  AddRoleToInstanceProfile: {
    mode: 'write',
    access: ({ InstanceProfileName: name, RoleName }, { view }) => [
      leaveFor(view, 'instance-profile', { name }),
      leaveToPass(view, RoleName),
    ],
    run({ InstanceProfileName, RoleName }, { draft }) {
      const profile = find(draft, 'instance-profile', InstanceProfileName)
      const role = changeableRole(draft, RoleName)
      checkQuota('InstanceSessionsPerInstanceProfile', profile.roles.length + 1)
      draft.put('instance-profile', { ...profile, roles: [role.id] })
    },
  },
  RemoveRoleFromInstanceProfile: {
    mode: 'write',
    access: ({ InstanceProfileName: name }, { view }) =>
      leaveFor(view, 'instance-profile', { name }),
    run({ InstanceProfileName, RoleName }, { draft }) {
      const profile = find(draft, 'instance-profile', InstanceProfileName)
      const role = changeableRole(draft, RoleName)
      draft.put('instance-profile', {
        ...profile,
        roles: profile.roles.filter((id) => id !== role.id),
      })
    },
  },
  DeleteInstanceProfile: {
    mode: 'write',
    access: ({ InstanceProfileName: name }, { view }) =>
      leaveFor(view, 'instance-profile', { name }),
    run({ InstanceProfileName }, { draft }) {
      const profile = find(draft, 'instance-profile', InstanceProfileName)
      if (profile.roles.length > 0) throw inUse('must remove roles from instance profile first.')
      draft.remove('instance-profile', profile.id)
    },
  },
} satisfies Partial<IamOperations>
