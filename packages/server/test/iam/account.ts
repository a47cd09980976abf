import { expect } from 'vitest'
import { allow, bare, type Cases, FOR_EC2, refusal, type Stage } from './stage.js'

/** A user who may do nothing. */
async function nobody({ iam, name, as }: Stage) {
  const UserName = name('user')
  await iam.createUser({ UserName })
  return as(UserName)
}

export const accountCases: Cases = {
  'accounts have an alias': async (stage) => {
    const { iam } = stage
    const AccountAlias = 'first-alias'
    await iam.createAccountAlias({ AccountAlias })
    expect((await iam.listAccountAliases({})).AccountAliases).toEqual([AccountAlias])
    expect(await refusal(iam.createAccountAlias({ AccountAlias }))).toBe(
      'EntityAlreadyExistsException: The account alias first-alias already exists.',
    )
    expect(await refusal(iam.deleteAccountAlias({ AccountAlias: 'another' }))).toMatch(
      'NoSuchEntity',
    )
    await iam.deleteAccountAlias({ AccountAlias })
    expect((await iam.listAccountAliases({})).AccountAliases).toEqual([])
    const user = await nobody(stage)
    expect(await refusal(user.listAccountAliases({}))).toMatch('AccessDenied')
    expect(await refusal(user.getAccountSummary({}))).toMatch('AccessDenied')
    expect(await refusal(user.deleteAccountPasswordPolicy({}))).toMatch('AccessDenied')
  },

  'accounts have rules for passwords': async ({ iam, account, name }) => {
    const none = `NoSuchEntityException: The Password Policy with domain name ${account} cannot be found.`
    expect(await refusal(iam.getAccountPasswordPolicy({}))).toBe(none)
    await iam.updateAccountPasswordPolicy({ MinimumPasswordLength: 10, RequireSymbols: true })
    const { PasswordPolicy } = await iam.getAccountPasswordPolicy({})
    expect(PasswordPolicy).toEqual({
      MinimumPasswordLength: 10,
      RequireSymbols: true,
      RequireNumbers: false,
      RequireUppercaseCharacters: false,
      RequireLowercaseCharacters: false,
      AllowUsersToChangePassword: false,
      ExpirePasswords: false,
    })
    const UserName = name('user')
    await iam.createUser({ UserName })
    const make = (Password: string) => refusal(iam.createLoginProfile({ UserName, Password }))
    const violation = 'PasswordPolicyViolationException: Password should have'
    expect(await make('short')).toBe(`${violation} a minimum length of 10`)
    expect(await make('longenough')).toBe(`${violation} at least one symbol`)
    await iam.createLoginProfile({ UserName, Password: 'longenough!' })
    await iam.updateAccountPasswordPolicy({ MaxPasswordAge: 90 })
    expect((await iam.getAccountPasswordPolicy({})).PasswordPolicy).toMatchObject({
      MinimumPasswordLength: 6,
      ExpirePasswords: true,
      MaxPasswordAge: 90,
    })
    await iam.deleteAccountPasswordPolicy({})
    expect(await refusal(iam.deleteAccountPasswordPolicy({}))).toBe(none)
    expect(await refusal(iam.updateAccountPasswordPolicy({ MinimumPasswordLength: 5 }))).toMatch(
      'ValidationError',
    )
  },

  'accounts are summed up': async ({ iam, name }) => {
    const before = (await iam.getAccountSummary({})).SummaryMap ?? {}
    await iam.createUser({ UserName: name('user') })
    const after = (await iam.getAccountSummary({})).SummaryMap ?? {}
    expect((after.Users ?? 0) - (before.Users ?? 0)).toBe(1)
    expect(after).toMatchObject({ AccessKeysPerUserQuota: 2, VersionsPerPolicyQuota: 5 })
  },

  'accounts report the credentials of everybody': async (stage) => {
    const { iam, name, arn } = stage
    const UserName = `${name('user')},named`
    await iam.createUser({ UserName })
    await iam.createLoginProfile({ UserName, Password: 'Correct horse 1' })
    await iam.updateLoginProfile({ UserName, Password: 'Correct horse 2' })
    const { AccessKey } = await iam.createAccessKey({ UserName })
    await iam.updateAccessKey({
      UserName,
      AccessKeyId: AccessKey?.AccessKeyId,
      Status: 'Inactive',
    })
    await iam.updateAccountPasswordPolicy({ MaxPasswordAge: 1 })
    expect(bare(await iam.generateCredentialReport({}))).toEqual({ State: 'COMPLETE' })
    const { Content, ReportFormat, GeneratedTime } = await iam.getCredentialReport({})
    await iam.deleteAccountPasswordPolicy({})
    expect([ReportFormat, GeneratedTime]).toEqual(['text/csv', expect.any(Date)])
    const [head, root = '', ...users] = new TextDecoder().decode(Content).split('\n')
    const keys = ['1', '2'].flatMap((key) =>
      ['active', 'last_rotated', 'last_used_date', 'last_used_region', 'last_used_service'].map(
        (column) => `access_key_${key}_${column}`,
      ),
    )
    expect(head?.split(',')).toEqual([
      ...['user', 'arn', 'user_creation_time', 'password_enabled', 'password_last_used'],
      ...['password_last_changed', 'password_next_rotation', 'mfa_active'],
      ...keys,
      ...['cert_1_active', 'cert_1_last_rotated', 'cert_2_active', 'cert_2_last_rotated'],
    ])
    const time = '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\+00:00'
    expect(root).toMatch(
      new RegExp(
        `^<root_account>,${arn('root')},${time},not_supported,no_information,not_supported,not_supported,false,true,`,
      ),
    )
    const line = users.find((user) => user.startsWith(`"${UserName}"`)) ?? ''
    const end = 'N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A'
    expect(line).toMatch(
      new RegExp(
        `^"${UserName}","${arn(`user/${UserName}`)}",${time},true,no_information,${time},${time},false,false,${time},${end}$`,
      ),
    )
    const user = await nobody(stage)
    expect(await refusal(user.generateCredentialReport({}))).toMatch('AccessDenied')
    expect(await refusal(user.getCredentialReport({}))).toMatch('AccessDenied')
  },

  'accounts are told in full, in pages': async (stage) => {
    const { iam, name, arn } = stage
    const [UserName, GroupName, RoleName] = [name('user'), name('group'), name('role')]
    const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess'
    await iam.createUser({ UserName, Tags: [{ Key: 'a', Value: 'b' }] })
    await iam.createGroup({ GroupName })
    await iam.addUserToGroup({ UserName, GroupName })
    await iam.attachGroupPolicy({ GroupName, PolicyArn })
    await iam.createRole({ RoleName, AssumeRolePolicyDocument: FOR_EC2 })
    const own = { PolicyName: 'own', PolicyDocument: allow('s3:*') }
    await iam.putRolePolicy({ RoleName, ...own })

    const all: object[] = []
    let Marker: string | undefined
    do {
      const page = await iam.getAccountAuthorizationDetails({ MaxItems: 3, Marker })
      const { UserDetailList, GroupDetailList, RoleDetailList, Policies } = bare(page)
      const lists = [UserDetailList, GroupDetailList, RoleDetailList, Policies]
      const found = lists.flatMap((list): object[] => list ?? [])
      expect(found.length).toBeLessThanOrEqual(3)
      all.push(...found)
      Marker = page.Marker
    } while (Marker)
    const AttachedManagedPolicies = [{ PolicyName: 'AdministratorAccess', PolicyArn }]
    expect(all).toContainEqual(
      expect.objectContaining({
        UserName,
        GroupList: [GroupName],
        Tags: [{ Key: 'a', Value: 'b' }],
      }),
    )
    expect(all).toContainEqual(expect.objectContaining({ GroupName, AttachedManagedPolicies }))
    const PolicyDocument = encodeURIComponent(own.PolicyDocument).replaceAll('*', '%2A')
    expect(all).toContainEqual(
      expect.objectContaining({
        Arn: arn(`role/${RoleName}`),
        RolePolicyList: [{ PolicyName: 'own', PolicyDocument }],
        RoleLastUsed: {},
      }),
    )
    expect(all).toContainEqual(expect.objectContaining({ Arn: PolicyArn, IsAttachable: true }))
    const Filter = ['Group' as const]
    const groups = await iam.getAccountAuthorizationDetails({ Filter, MaxItems: 1000 })
    expect([groups.UserDetailList, groups.RoleDetailList, groups.Policies]).toEqual([[], [], []])
    const user = await nobody(stage)
    expect(await refusal(user.getAccountAuthorizationDetails({}))).toMatch('AccessDenied')
  },
}
