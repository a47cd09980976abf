/**
 * A whole account at once: users, groups, roles and policies with all that they carry.
 *
 * Shape   one list in pages, of users, then groups, roles and policies; of built-in policies those that are in use.
 * Errors  {@link Fault} `InvalidInput` for a bad marker.
 * Source  IAM API reference, GetAccountAuthorizationDetails.
 *
 * @module
 */
import type { IamOperations } from '../generated/iam-operations.js'
import type { AccountView } from '../state/account-view.js'
import type { Entities, InlinePolicies } from '../state/entity.js'
import type { Accounts } from './bound-principals.js'
import { shownBoundary } from './boundaries.js'
import { encodeDocument } from './documents.js'
import { builtInPolicies, type FoundPolicy, ownPolicy } from './found-policy.js'
import { groupsOf, shownGroup } from './groups.js'
import { shownProfile } from './instance-profiles.js'
import { type List, pageOf } from './page.js'
import { attachedPolicies, shownPolicy, usesOf } from './policies.js'
import { shownVersion, versionsOf } from './policy-versions.js'
import { lastUse, shownRole } from './roles.js'
import { shownTags } from './tags.js'
import { shownUser } from './users.js'

interface Items {
  readonly User: Entities['user']
  readonly Group: Entities['group']
  readonly Role: Entities['role']
  readonly LocalManagedPolicy: FoundPolicy
  readonly AWSManagedPolicy: FoundPolicy
}

type ItemType = keyof Items
type Item = { [T in ItemType]: readonly [type: T, entity: Items[T]] }[ItemType]

/** In the order of an answer. */
const TYPES: readonly ItemType[] = [
  'User',
  'Group',
  'Role',
  'LocalManagedPolicy',
  'AWSManagedPolicy',
]

/** Not one long array: an account may hold very many, of which a page shows few. */
function itemsOf(view: AccountView, wanted: readonly string[]): List<Item> {
  const all: { readonly [T in ItemType]: () => readonly Items[T][] } = {
    User: () => view.list('user'),
    Group: () => view.list('group'),
    Role: () => view.list('role'),
    LocalManagedPolicy: () => view.list('policy').map((policy) => ownPolicy(view, policy)),
    AWSManagedPolicy: () => builtInPolicies().filter(({ arn }) => isUsed(view, arn)),
  }
  const types = TYPES.filter((type) => wanted.length === 0 || wanted.includes(type))
  const lists = types.map((type) => ({ type, list: all[type]() }))
  return {
    length: lists.reduce((sum, { list }) => sum + list.length, 0),
    at(index) {
      let rest = index
      for (const { type, list } of lists) {
        if (rest < list.length) return [type, list[rest]] as Item
        rest -= list.length
      }
      return undefined
    },
  }
}

function isUsed(view: AccountView, arn: string): boolean {
  const { AttachmentCount, PermissionsBoundaryUsageCount } = usesOf(view, arn)
  return AttachmentCount + PermissionsBoundaryUsageCount > 0
}

function keyOf([type, { name }]: Item): string {
  return `${TYPES.indexOf(type)}${name.toLowerCase()}`
}

function of<T extends ItemType>(items: readonly Item[], type: T): readonly Items[T][] {
  return items.filter((item) => item[0] === type).map((item) => item[1] as Items[T])
}

function inlineOf(inline: InlinePolicies) {
  return Object.entries(inline).map(([PolicyName, text]) => ({
    PolicyName,
    PolicyDocument: encodeDocument(text),
  }))
}

function attachedOf(view: AccountView, arns: readonly string[]) {
  const policies = attachedPolicies(view, arns)
  return policies.map(({ PolicyName, PolicyArn }) => ({ PolicyName, PolicyArn }))
}

function userDetail(view: AccountView, user: Entities['user']) {
  const { PasswordLastUsed: _, ...shown } = shownUser(view, user)
  return {
    ...shown,
    UserPolicyList: inlineOf(user.inline),
    GroupList: groupsOf(view, user).map(({ name }) => name),
    AttachedManagedPolicies: attachedOf(view, user.attached),
    ...shownBoundary(user.boundary),
    ...shownTags(user.tags),
  }
}

function groupDetail(view: AccountView, group: Entities['group']) {
  return {
    ...shownGroup(view, group),
    GroupPolicyList: inlineOf(group.inline),
    AttachedManagedPolicies: attachedOf(view, group.attached),
  }
}

function roleDetail(role: Entities['role'], accounts: Accounts) {
  const { view } = accounts
  const { MaxSessionDuration: _, Description: __, ...shown } = shownRole(role, accounts)
  return {
    ...shown,
    InstanceProfileList: view.profilesOf(role.id).map((profile) => shownProfile(profile, accounts)),
    RolePolicyList: inlineOf(role.inline),
    AttachedManagedPolicies: attachedOf(view, role.attached),
    ...shownBoundary(role.boundary),
    ...shownTags(role.tags),
    RoleLastUsed: lastUse(view, role.id),
  }
}

function policyDetail(view: AccountView, policy: FoundPolicy) {
  const { description: Description } = policy
  return {
    ...shownPolicy(view, policy),
    ...(Description !== undefined && { Description }),
    PolicyVersionList: versionsOf(policy).map((version) => ({
      Document: encodeDocument(version.document),
      ...shownVersion(version, policy),
    })),
  }
}

export const authorizationDetails = {
  GetAccountAuthorizationDetails: {
    mode: 'read',
    access: () => ({ resource: '*' }),
    run({ Filter = [], ...input }, { call, view }) {
      const { items, rest } = pageOf(itemsOf(view, Filter), input, { keyOf })
      const accounts = { view, world: call.world }
      const policies = [...of(items, 'LocalManagedPolicy'), ...of(items, 'AWSManagedPolicy')]
      return {
        UserDetailList: of(items, 'User').map((user) => userDetail(view, user)),
        GroupDetailList: of(items, 'Group').map((group) => groupDetail(view, group)),
        RoleDetailList: of(items, 'Role').map((role) => roleDetail(role, accounts)),
        Policies: policies.map((policy) => policyDetail(view, policy)),
        ...rest,
      }
    },
  },
} satisfies Partial<IamOperations>
