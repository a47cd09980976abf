/**
 * Roles: made, read, changed, removed.
 *
 * Units   a session lasts 3600 to 43200 s, 3600 where nothing is said; a trust policy has at most 2048 characters.
 * Errors  {@link Fault} `NoSuchEntity`, `EntityAlreadyExists`, `DeleteConflict`, `MalformedPolicyDocument`,
 *         `LimitExceeded`, `UnmodifiableEntity` for roles that services own.
 * Source  IAM API reference, CreateRole and its kin.
 *
 * @module
 */
import { Fault, invalid } from '../fault.js'
import type { IamOperations } from '../generated/iam-operations.js'
import type { AccountView } from '../state/account-view.js'
import { roleArn } from '../state/arns.js'
import type { RoleEntity } from '../state/entity.js'
import type { Accounts } from './bound-principals.js'
import { boundaryOf, shownBoundary } from './boundaries.js'
import { encodeDocument, sizeOf } from './documents.js'
import { newId } from './ids.js'
import { checkQuota } from './limits.js'
import { claim, find, leaveFor, leaveToList, leaveToMake } from './named.js'
import { nameKey, pageOf } from './page.js'
import { addTags, leaveToTag, shownTags } from './tags.js'
import { bindTrust, trustOf } from './trust.js'
import { inUse } from './users.js'

/** As CreateRole answers, and what every other answer begins with. */
function createdRole(role: RoleEntity, accounts: Accounts) {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: roleArn(accounts.view, role),
    CreateDate: new Date(role.createDate),
    AssumeRolePolicyDocument: encodeDocument(trustOf(role, accounts)),
    ...(role.description !== undefined && { Description: role.description }),
  }
}

/** As lists have it. */
export function shownRole(role: RoleEntity, accounts: Accounts) {
  return { ...createdRole(role, accounts), MaxSessionDuration: role.maxSessionDuration }
}

function roleInFull(role: RoleEntity, accounts: Accounts) {
  return {
    ...shownRole(role, accounts),
    ...shownBoundary(role.boundary),
    ...shownTags(role.tags),
    RoleLastUsed: lastUse(accounts.view, role.id),
  }
}

export function lastUse(view: AccountView, id: string) {
  const used = view.get('last-used', id)
  return used ? { LastUsedDate: new Date(used.date), Region: used.region } : {}
}

const SERVICE_PATH = '/aws-service-role/'

/** A role that a service owns is changed by nobody else. */
export function changeableRole(view: AccountView, name: string): RoleEntity {
  const role = find(view, 'role', name)
  if (role.path.startsWith(SERVICE_PATH)) throw protectedRole(name)
  return role
}

function protectedRole(name: string): Fault {
  const words = `Cannot perform the operation on the protected role '${name}'`
  const owner = 'this role is only modifiable by AWS'
  return new Fault('UnmodifiableEntity', `${words} - ${owner}`, 400)
}

function checkPath(path: string): void {
  if (path.startsWith(SERVICE_PATH))
    throw invalid('Role path cannot begin with /aws-service-role/: services make such roles')
}

/** The boundary that it has is for those to know that change what it may do: no key says it here, as on AWS. */
function leaveForRole({ RoleName: name }: { readonly RoleName: string }, { view }: Seen) {
  return leaveFor(view, 'role', { name })
}

export interface Seen {
  readonly view: AccountView
}

export const roles = {
  CreateRole: {
    mode: 'write',
    access: ({ RoleName: name, Path: path, PermissionsBoundary, Tags }, { view }) => {
      const context = { 'iam:PermissionsBoundary': PermissionsBoundary }
      return leaveToTag(leaveToMake(view, 'role', { name, path, context }), 'iam:TagRole', Tags)
    },
    run(input, { call, draft }) {
      const { RoleName: name, Path: path = '/', Description: description } = input
      checkPath(path)
      claim(draft, 'role', name)
      checkQuota('ACLSizePerRole', sizeOf(input.AssumeRolePolicyDocument))
      const accounts = { view: draft, world: call.world }
      const role: RoleEntity = {
        id: newId('AROA'),
        name,
        path,
        createDate: call.now.toISOString(),
        ...bindTrust(input.AssumeRolePolicyDocument, accounts),
        maxSessionDuration: input.MaxSessionDuration ?? 3600,
        tags: addTags([], input.Tags),
        attached: [],
        inline: {},
        ...(description !== undefined && { description }),
        ...boundaryOf(draft, input.PermissionsBoundary),
      }
      draft.put('role', role)
      const Role = {
        ...createdRole(role, accounts),
        ...(input.MaxSessionDuration && { MaxSessionDuration: role.maxSessionDuration }),
        ...shownBoundary(role.boundary),
        ...shownTags(role.tags),
      }
      return { Role }
    },
  },
  GetRole: {
    mode: 'read',
    access: leaveForRole,
    run({ RoleName }, { call, view }) {
      return { Role: roleInFull(find(view, 'role', RoleName), { view, world: call.world }) }
    },
  },
  ListRoles: {
    mode: 'read',
    access: ({ PathPrefix }, { view }) => leaveToList(view, 'role', PathPrefix),
    run({ PathPrefix = '/', ...input }, { call, view }) {
      const { items, rest } = pageOf(view.list('role'), input, {
        keyOf: nameKey,
        filter: ({ path }) => path.startsWith(PathPrefix),
      })
      const accounts = { view, world: call.world }
      return { Roles: items.map((role) => shownRole(role, accounts)), ...rest }
    },
  },
  UpdateRole: {
    mode: 'write',
    access: leaveForRole,
    run({ RoleName, Description, MaxSessionDuration }, { draft }) {
      const role = changeableRole(draft, RoleName)
      draft.put('role', {
        ...role,
        ...(Description !== undefined && { description: Description }),
        ...(MaxSessionDuration !== undefined && { maxSessionDuration: MaxSessionDuration }),
      })
      return {}
    },
  },
  UpdateRoleDescription: {
    mode: 'write',
    access: leaveForRole,
    run({ RoleName, Description: description }, { call, draft }) {
      const role = { ...changeableRole(draft, RoleName), description }
      draft.put('role', role)
      return { Role: roleInFull(role, { view: draft, world: call.world }) }
    },
  },
  UpdateAssumeRolePolicy: {
    mode: 'write',
    access: leaveForRole,
    run({ RoleName, PolicyDocument }, { call, draft }) {
      const role = changeableRole(draft, RoleName)
      checkQuota('ACLSizePerRole', sizeOf(PolicyDocument))
      draft.put('role', {
        ...role,
        ...bindTrust(PolicyDocument, { view: draft, world: call.world }),
      })
    },
  },
  DeleteRole: {
    mode: 'write',
    access: leaveForRole,
    run({ RoleName }, { draft }) {
      const role = changeableRole(draft, RoleName)
      if (draft.profilesOf(role.id).length > 0)
        throw inUse('must remove roles from instance profile first.')
      if (role.attached.length > 0) throw inUse('must detach all policies first.')
      if (Object.keys(role.inline).length > 0) throw inUse('must delete policies first.')
      draft.remove('role', role.id)
      draft.remove('last-used', role.id)
    },
  },
} satisfies Partial<IamOperations>
