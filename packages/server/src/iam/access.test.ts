import { describe, expect, it } from 'vitest'
import type { Access } from '../operation.js'
import { AccountState } from '../state/account-state.js'
import type { Entities, Kind } from '../state/entity.js'
import { iam } from './iam.js'

/**
 * What each operation asks leave for, as the service authorization reference has it. ARNs are cut to what follows the
 * account; a word with a plus stands for context keys.
 */
const ASKED = `
CreateUser: user/p/new +asked +made +newBound & iam:TagUser user/p/new +asked +made +newBound
GetUser: user/t/ada +tags
ListUsers: user/t/
UpdateUser: user/t/ada +tags & user/n/ada
DeleteUser: user/t/ada +tags
CreateGroup: group/p/new
GetGroup: group/t/crew
ListGroups: group/t/
ListGroupsForUser: user/t/ada +tags
UpdateGroup: group/t/crew & group/n/crew
DeleteGroup: group/t/crew
AddUserToGroup: group/t/crew
RemoveUserFromGroup: group/t/crew
CreateRole: role/p/new +asked +made +newBound & iam:TagRole role/p/new +asked +made +newBound
GetRole: role/t/job +tags
ListRoles: role/t/
UpdateRole: role/t/job +tags
UpdateRoleDescription: role/t/job +tags
UpdateAssumeRolePolicy: role/t/job +tags
DeleteRole: role/t/job +tags
PutUserPermissionsBoundary: user/t/ada +tags +newBound
PutRolePermissionsBoundary: role/t/job +tags +newBound
DeleteUserPermissionsBoundary: user/t/ada +tags +bound
DeleteRolePermissionsBoundary: role/t/job +tags +bound
PutUserPolicy: user/t/ada +tags +bound
PutGroupPolicy: group/t/crew
PutRolePolicy: role/t/job +tags +bound
GetUserPolicy: user/t/ada +tags
GetGroupPolicy: group/t/crew
GetRolePolicy: role/t/job +tags
DeleteUserPolicy: user/t/ada +tags +bound
DeleteGroupPolicy: group/t/crew
DeleteRolePolicy: role/t/job +tags +bound
ListUserPolicies: user/t/ada +tags
ListGroupPolicies: group/t/crew
ListRolePolicies: role/t/job +tags
CreatePolicy: policy/p/new +asked +made & iam:TagPolicy policy/p/new +asked +made
GetPolicy: policy/t/edit +tags
ListPolicies: *
DeletePolicy: policy/t/edit +tags
CreatePolicyVersion: policy/t/edit +tags
GetPolicyVersion: policy/t/edit +tags
ListPolicyVersions: policy/t/edit +tags
SetDefaultPolicyVersion: policy/t/edit +tags
DeletePolicyVersion: policy/t/edit +tags
ListEntitiesForPolicy: policy/t/edit +tags
AttachUserPolicy: user/t/ada +tags +bound +policy
AttachGroupPolicy: group/t/crew +policy
AttachRolePolicy: role/t/job +tags +bound +policy
DetachUserPolicy: user/t/ada +tags +bound +policy
DetachGroupPolicy: group/t/crew +policy
DetachRolePolicy: role/t/job +tags +bound +policy
ListAttachedUserPolicies: user/t/ada +tags
ListAttachedGroupPolicies: group/t/crew
ListAttachedRolePolicies: role/t/job +tags
TagUser: user/t/ada +tags +asked
UntagUser: user/t/ada +tags aws:TagKeys=stage
ListUserTags: user/t/ada +tags
TagRole: role/t/job +tags +asked
UntagRole: role/t/job +tags aws:TagKeys=stage
ListRoleTags: role/t/job +tags
TagInstanceProfile: instance-profile/t/web +tags +asked
UntagInstanceProfile: instance-profile/t/web +tags aws:TagKeys=stage
ListInstanceProfileTags: instance-profile/t/web +tags
TagPolicy: policy/t/edit +tags +asked
UntagPolicy: policy/t/edit +tags aws:TagKeys=stage
ListPolicyTags: policy/t/edit +tags
TagOpenIDConnectProvider: oidc-provider/login.example.com +tags +asked
UntagOpenIDConnectProvider: oidc-provider/login.example.com +tags aws:TagKeys=stage
ListOpenIDConnectProviderTags: oidc-provider/login.example.com +tags
TagSAMLProvider: saml-provider/corp +tags +asked
UntagSAMLProvider: saml-provider/corp +tags aws:TagKeys=stage
ListSAMLProviderTags: saml-provider/corp +tags
TagMFADevice: mfa/t/phone +tags +asked
UntagMFADevice: mfa/t/phone +tags aws:TagKeys=stage
ListMFADeviceTags: mfa/t/phone +tags
CreateAccessKey: user/t/ada +tags
ListAccessKeys: user/t/ada +tags
UpdateAccessKey: user/t/ada +tags
DeleteAccessKey: user/t/ada +tags
GetAccessKeyLastUsed: user/t/ada +tags
CreateInstanceProfile: instance-profile/p/new +asked +made & iam:TagInstanceProfile instance-profile/p/new +asked +made
GetInstanceProfile: instance-profile/t/web +tags
ListInstanceProfiles: instance-profile/t/
ListInstanceProfilesForRole: role/t/job +tags
AddRoleToInstanceProfile: instance-profile/t/web +tags & iam:PassRole role/t/job +tags +passed
RemoveRoleFromInstanceProfile: instance-profile/t/web +tags
DeleteInstanceProfile: instance-profile/t/web +tags
CreateOpenIDConnectProvider: oidc-provider/new.example.com +asked +made & iam:TagOpenIDConnectProvider oidc-provider/new.example.com +asked +made
GetOpenIDConnectProvider: oidc-provider/login.example.com +tags
ListOpenIDConnectProviders: oidc-provider/*
DeleteOpenIDConnectProvider: oidc-provider/login.example.com +tags
AddClientIDToOpenIDConnectProvider: oidc-provider/login.example.com +tags
RemoveClientIDFromOpenIDConnectProvider: oidc-provider/login.example.com +tags
UpdateOpenIDConnectProviderThumbprint: oidc-provider/login.example.com +tags
CreateSAMLProvider: saml-provider/new +asked +made & iam:TagSAMLProvider saml-provider/new +asked +made
GetSAMLProvider: saml-provider/corp +tags
ListSAMLProviders: saml-provider/*
UpdateSAMLProvider: saml-provider/corp +tags
DeleteSAMLProvider: saml-provider/corp +tags
CreateLoginProfile: user/t/ada +tags
GetLoginProfile: user/t/ada +tags
UpdateLoginProfile: user/t/ada +tags
DeleteLoginProfile: user/t/ada +tags
ChangePassword: user/t/ada +tags
CreateVirtualMFADevice: mfa/p/new +asked +made & iam:TagMFADevice mfa/p/new +asked +made
EnableMFADevice: user/t/ada +tags
ResyncMFADevice: user/t/ada +tags
DeactivateMFADevice: user/t/ada +tags
DeleteVirtualMFADevice: mfa/t/phone +tags
GetMFADevice: user/t/ada +tags
ListMFADevices: user/t/ada +tags
ListVirtualMFADevices: mfa/
CreateAccountAlias: *
DeleteAccountAlias: *
ListAccountAliases: *
UpdateAccountPasswordPolicy: *
GetAccountPasswordPolicy: *
DeleteAccountPasswordPolicy: *
GetAccountSummary: *
GetAccountAuthorizationDetails: *
GenerateCredentialReport: *
GetCredentialReport: *
SimulatePrincipalPolicy: role/t/job +tags
SimulateCustomPolicy: *
GetContextKeysForPrincipalPolicy: role/t/job +tags
GetContextKeysForCustomPolicy: *
CreateServiceLinkedRole: role/aws-service-role/batch.amazonaws.com/* +service
DeleteServiceLinkedRole: role/t/job +tags
GetServiceLinkedRoleDeletionStatus: *
ListSSHPublicKeys: user/t/ada +tags
ListSigningCertificates: user/t/ada +tags
ListServiceSpecificCredentials: user/t/ada +tags
ListServerCertificates: *
`
const KEYS: Readonly<Record<string, string>> = {
  '+tags': 'aws:ResourceTag/team=red iam:ResourceTag/team=red',
  '+asked': 'aws:RequestTag/stage=x aws:TagKeys=stage',
  '+made': 'aws:ResourceTag/stage=x iam:ResourceTag/stage=x',
  '+bound': 'iam:PermissionsBoundary=arn:aws:iam::aws:policy/PowerUserAccess',
  '+newBound': 'iam:PermissionsBoundary=arn:aws:iam::aws:policy/AdministratorAccess',
  '+policy': 'iam:PolicyARN=arn:aws:iam::111122223333:policy/t/edit',
  '+passed': 'iam:PassedToService=ec2.amazonaws.com',
  '+service': 'iam:AWSServiceName=batch.amazonaws.com',
}

const HOME = 'arn:aws:iam::111122223333:'
const Tags = [{ Key: 'stage', Value: 'x' }]

/** One of each, under names that every request below uses. */
function account(): AccountState {
  const view = new AccountState('111122223333')
  const createDate = '2026-01-01T00:00:00.000Z'
  const tags = [{ Key: 'team', Value: 'red' }]
  const named = { createDate, path: '/t/', attached: [], inline: {} }
  const boundary = 'arn:aws:iam::aws:policy/PowerUserAccess'
  const put = <K extends Kind>(kind: K, after: Entities[K]) =>
    view.apply({ kind, id: after.id, after })
  put('user', { ...named, id: 'AIDA1', name: 'ada', groups: [], tags, boundary })
  put('group', { ...named, id: 'AGPA1', name: 'crew' })
  const trust = '{"Statement":[]}'
  put('role', {
    ...named,
    id: 'AROA1',
    name: 'job',
    maxSessionDuration: 3600,
    trust,
    tags,
    boundary,
  })
  put('instance-profile', { id: 'AIPA1', name: 'web', path: '/t/', createDate, roles: [], tags })
  const versions = { versions: [], defaultVersion: 'v1', nextVersion: 2, updateDate: createDate }
  put('policy', { id: 'ANPA1', name: 'edit', path: '/t/', createDate, ...versions, tags })
  const key = { createDate, status: 'Active', secret: '', user: 'AIDA1' } as const
  put('access-key', { ...key, id: 'AKIAIOSFODNN7EXAMPLE' })
  const provider = { createDate, clientIds: [], thumbprints: [], tags }
  put('oidc-provider', { ...provider, id: 'login.example.com' })
  put('saml-provider', { id: 'corp', createDate, metadata: '', tags })
  put('mfa-device', { id: `${HOME}mfa/t/phone`, createDate, seed: '', tags })
  return view
}

const THOSE_THAT_ARE_THERE = {
  UserName: 'ada',
  GroupName: 'crew',
  RoleName: 'job',
  InstanceProfileName: 'web',
  PolicyArn: `${HOME}policy/t/edit`,
  PolicySourceArn: `${HOME}role/t/job`,
  OpenIDConnectProviderArn: `${HOME}oidc-provider/login.example.com`,
  SAMLProviderArn: `${HOME}saml-provider/corp`,
  SerialNumber: `${HOME}mfa/t/phone`,
  AccessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  AWSServiceName: 'batch.amazonaws.com',
  PermissionsBoundary: 'arn:aws:iam::aws:policy/AdministratorAccess',
}

/** A request that names everything that the operation may name. */
function inputOf(operation: string): object {
  const { PermissionsBoundary } = THOSE_THAT_ARE_THERE
  const made = /^Create(?:User|Role|Group|Policy|InstanceProfile|Open.*|SAML.*|Virtual.*)$/
  if (made.test(operation)) {
    const names = ['UserName', 'RoleName', 'GroupName', 'PolicyName', 'InstanceProfileName']
    const all = [...names, 'Name', 'VirtualMFADeviceName'].map((member) => [member, 'new'])
    const Url = 'https://new.example.com'
    return { ...Object.fromEntries(all), Url, Path: '/p/', PermissionsBoundary, Tags }
  }
  if (/^List(?:Users|Groups|Roles|InstanceProfiles)$/.test(operation)) return { PathPrefix: '/t/' }
  return {
    ...THOSE_THAT_ARE_THERE,
    ...(operation.startsWith('Tag') && { Tags }),
    ...(operation.startsWith('Untag') && { TagKeys: ['stage'] }),
    ...(operation.startsWith('Update') && { NewPath: '/n/' }),
  }
}

function shown({ action, resource, context = {} }: Access): string {
  const keys = Object.entries(context).filter(([, value]) => value !== undefined)
  const words = keys.map(([key, value]) => `${key}=${String(value)}`)
  return [...(action ? [action] : []), resource.replace(HOME, ''), ...words].join(' ')
}

describe('the operations of IAM', () => {
  it('ask leave for what AWS asks leave for', () => {
    const view = account()
    const principal = {
      type: 'user',
      account: '111122223333',
      arn: `${HOME}user/t/ada`,
      id: 'AIDA1',
    }
    const scope = { call: { caller: { principal } }, view }
    const asked = Object.entries(iam).map(([name, { access }]) => {
      const ask = access as (input: object, scope: object) => Access | readonly Access[]
      return `${name}: ${[ask(inputOf(name), scope)].flat().map(shown).join(' & ')}`
    })
    const expected = ASKED.trim().replace(/\+[a-zA-Z]+/g, (word) => KEYS[word] ?? word)
    expect(asked).toEqual(expected.split('\n'))
  })
})
