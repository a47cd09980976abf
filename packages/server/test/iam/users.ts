import { expect } from 'vitest'
import { allow, bare, type Cases, refusal } from './stage.js'

export const userCases: Cases = {
  'users are made, read, listed, renamed and removed': async ({ iam, name, arn }) => {
    const UserName = name('user')
    const made = await iam.createUser({
      UserName,
      Path: '/team/',
      Tags: [{ Key: 'a', Value: 'b' }],
    })
    const shown = {
      Path: '/team/',
      UserName,
      UserId: expect.stringMatching(/^AIDA[A-Z2-7]{17}$/),
      Arn: arn(`user/team/${UserName}`),
      CreateDate: expect.any(Date),
    }
    expect(bare(made)).toEqual({ User: { ...shown, Tags: [{ Key: 'a', Value: 'b' }] } })
    expect((await iam.getUser({ UserName })).User).toEqual(made.User)
    expect((await iam.listUsers({ PathPrefix: '/team/' })).Users).toContainEqual(shown)

    const NewUserName = name('user')
    await iam.updateUser({ UserName, NewUserName, NewPath: '/' })
    const { User } = await iam.getUser({ UserName: NewUserName })
    expect(User).toMatchObject({ UserId: made.User?.UserId, Arn: arn(`user/${NewUserName}`) })
    await iam.deleteUser({ UserName: NewUserName })
    expect(await refusal(iam.getUser({ UserName: NewUserName }))).toBe(
      `NoSuchEntityException: The user with name ${NewUserName} cannot be found.`,
    )
  },

  'users may change the case of their name, and no other may take it': async ({ iam, name }) => {
    const UserName = name('user')
    await iam.createUser({ UserName })
    await iam.updateUser({ UserName, NewUserName: UserName.toUpperCase() })
    expect(await refusal(iam.createUser({ UserName }))).toBe(
      `EntityAlreadyExistsException: User with name ${UserName} already exists.`,
    )
    const other = name('user')
    await iam.createUser({ UserName: other })
    expect(await refusal(iam.updateUser({ UserName: other, NewUserName: UserName }))).toBe(
      `EntityAlreadyExistsException: User with name ${UserName} already exists.`,
    )
  },

  'users are themselves where they name nobody': async ({ iam, name, as, account, arn }) => {
    expect((await iam.getUser({})).User).toMatchObject({ UserId: account, Arn: arn('root') })
    const UserName = name('user')
    await iam.createUser({ UserName })
    const user = await as(UserName, allow('iam:GetUser'))
    expect((await user.getUser({})).User?.UserName).toBe(UserName)
  },

  'users are not removed before what hangs on them': async ({ iam, name, arn }) => {
    const UserName = name('user')
    const GroupName = name('group')
    await iam.createUser({ UserName })
    await iam.createGroup({ GroupName })
    await iam.addUserToGroup({ UserName, GroupName })
    await iam.putUserPolicy({ UserName, PolicyName: 'own', PolicyDocument: allow('s3:*') })
    const PolicyArn = 'arn:aws:iam::aws:policy/IAMReadOnlyAccess'
    await iam.attachUserPolicy({ UserName, PolicyArn })
    await iam.createLoginProfile({ UserName, Password: 'correct-Horse-1' })
    const { AccessKey } = await iam.createAccessKey({ UserName })
    const conflict = (words: string) => `DeleteConflictException: Cannot delete entity, ${words}`
    const attempt = () => refusal(iam.deleteUser({ UserName }))

    expect(await attempt()).toBe(conflict('must delete access keys first.'))
    await iam.deleteAccessKey({ UserName, AccessKeyId: AccessKey?.AccessKeyId })
    expect(await attempt()).toBe(conflict('must delete login profile first.'))
    await iam.deleteLoginProfile({ UserName })
    expect(await attempt()).toBe(conflict('must detach all policies first.'))
    await iam.detachUserPolicy({ UserName, PolicyArn })
    expect(await attempt()).toBe(conflict('must delete policies first.'))
    await iam.deleteUserPolicy({ UserName, PolicyName: 'own' })
    expect(await attempt()).toBe(conflict('must remove users from group first.'))
    await iam.removeUserFromGroup({ UserName, GroupName })
    await iam.deleteUser({ UserName })
    expect(await refusal(iam.deleteUser({ UserName }))).toMatch('NoSuchEntityException')
    expect(arn('x')).toMatch('iam')
  },

  'users are refused with names that are none': async ({ iam }) => {
    expect(await refusal(iam.createUser({ UserName: 'x'.repeat(65) }))).toBe(
      "ValidationError: 1 validation error detected: Value at 'userName' failed to satisfy constraint: " +
        'Member must have length less than or equal to 64',
    )
    expect(await refusal(iam.listUsers({ MaxItems: 1001 }))).toMatch('ValidationError')
    expect(await refusal(iam.listUsers({ Marker: 'none' }))).toBe(
      'ValidationError: Invalid Marker.',
    )
  },

  'markers are of one list': async ({ iam, name }) => {
    const Path = `/${name('marked')}/`
    for (const _ of 'ab') await iam.createUser({ UserName: name('marked'), Path })
    const input = { PathPrefix: Path, MaxItems: 1 }
    const { Marker, IsTruncated } = await iam.listUsers(input)
    expect(IsTruncated).toBe(true)
    expect(await iam.listUsers({ ...input, Marker })).toMatchObject({ IsTruncated: false })
    const others = [
      iam.listUsers({ MaxItems: 1, Marker }),
      iam.listRoles({ ...input, Marker }),
      iam.listGroups({ ...input, Marker }),
    ]
    for (const other of others)
      expect(await refusal(other)).toBe('ValidationError: Invalid Marker.')
  },

  'groups are made, read, listed, renamed and removed': async ({ iam, name, arn }) => {
    const GroupName = name('group')
    const { Group } = await iam.createGroup({ GroupName, Path: '/g/' })
    expect(Group).toEqual({
      Path: '/g/',
      GroupName,
      GroupId: expect.stringMatching(/^AGPA[A-Z2-7]{17}$/),
      Arn: arn(`group/g/${GroupName}`),
      CreateDate: expect.any(Date),
    })
    expect((await iam.listGroups({ PathPrefix: '/g/' })).Groups).toEqual([Group])
    expect(await refusal(iam.createGroup({ GroupName }))).toBe(
      `EntityAlreadyExistsException: Group with name ${GroupName} already exists.`,
    )
    const NewGroupName = name('group')
    await iam.updateGroup({ GroupName, NewGroupName })
    expect(await refusal(iam.getGroup({ GroupName }))).toBe(
      `NoSuchEntityException: The group with name ${GroupName} cannot be found.`,
    )
    expect(await refusal(iam.updateGroup({ GroupName }))).toMatch('NoSuchEntityException')
    await iam.deleteGroup({ GroupName: NewGroupName })
    expect(await refusal(iam.listGroups({ MaxItems: 0 }))).toMatch('ValidationError')
  },

  'groups have members, who are in at most ten': async ({ iam, name }) => {
    const UserName = name('user')
    await iam.createUser({ UserName })
    const groups = Array.from({ length: 11 }, () => name('group'))
    for (const GroupName of groups) await iam.createGroup({ GroupName })
    for (const GroupName of groups.slice(0, 10)) await iam.addUserToGroup({ UserName, GroupName })
    const [first = '', last = ''] = [groups[0], groups[10]]
    expect(await refusal(iam.addUserToGroup({ UserName, GroupName: last }))).toBe(
      'LimitExceededException: Cannot exceed quota for GroupsPerUser: 10',
    )
    await iam.addUserToGroup({ UserName, GroupName: first })
    expect((await iam.listGroupsForUser({ UserName })).Groups).toHaveLength(10)
    expect((await iam.getGroup({ GroupName: first })).Users?.map((user) => user.UserName)).toEqual([
      UserName,
    ])
    expect(await refusal(iam.deleteGroup({ GroupName: first }))).toBe(
      'DeleteConflictException: Cannot delete entity, must remove users from group first.',
    )
    await iam.removeUserFromGroup({ UserName, GroupName: first })
    await iam.deleteGroup({ GroupName: first })
    const nobody = { UserName: 'nobody' }
    expect(await refusal(iam.addUserToGroup({ ...nobody, GroupName: last }))).toMatch(
      'NoSuchEntityException: The user with name nobody cannot be found.',
    )
    expect(await refusal(iam.removeUserFromGroup({ ...nobody, GroupName: last }))).toMatch('NoSuch')
    expect(await refusal(iam.listGroupsForUser(nobody))).toMatch('NoSuchEntityException')
  },

  'access keys are made twice a user, switched off and removed': async ({ iam, name }) => {
    const UserName = name('user')
    await iam.createUser({ UserName })
    const { AccessKey } = await iam.createAccessKey({ UserName })
    expect(AccessKey).toEqual({
      UserName,
      AccessKeyId: expect.stringMatching(/^AKIA[A-Z2-7]{16}$/),
      Status: 'Active',
      SecretAccessKey: expect.stringMatching(/^[A-Za-z0-9+/]{40}$/),
      CreateDate: expect.any(Date),
    })
    await iam.createAccessKey({ UserName })
    expect(await refusal(iam.createAccessKey({ UserName }))).toBe(
      'LimitExceededException: Cannot exceed quota for AccessKeysPerUser: 2',
    )
    const AccessKeyId = AccessKey?.AccessKeyId
    await iam.updateAccessKey({ UserName, AccessKeyId, Status: 'Inactive' })
    const { AccessKeyMetadata } = await iam.listAccessKeys({ UserName })
    expect(AccessKeyMetadata).toHaveLength(2)
    expect(AccessKeyMetadata).toContainEqual({
      UserName,
      AccessKeyId,
      Status: 'Inactive',
      CreateDate: AccessKey?.CreateDate,
    })
    expect(bare(await iam.getAccessKeyLastUsed({ AccessKeyId }))).toEqual({
      UserName,
      AccessKeyLastUsed: { ServiceName: 'N/A', Region: 'N/A' },
    })
    await iam.deleteAccessKey({ UserName, AccessKeyId })
    const gone = `NoSuchEntityException: The Access Key with id ${AccessKeyId} cannot be found.`
    expect(await refusal(iam.deleteAccessKey({ UserName, AccessKeyId }))).toBe(gone)
    expect(await refusal(iam.getAccessKeyLastUsed({ AccessKeyId }))).toBe(gone)
    expect(await refusal(iam.updateAccessKey({ UserName, AccessKeyId, Status: 'Active' }))).toBe(
      gone,
    )
    expect(await refusal(iam.listAccessKeys({ UserName: 'nobody' }))).toMatch('NoSuchEntity')
  },

  'access keys of one user are not touched through another': async ({ iam, name }) => {
    const [one, other] = [name('user'), name('user')]
    for (const UserName of [one, other]) await iam.createUser({ UserName })
    const { AccessKey } = await iam.createAccessKey({ UserName: one })
    const AccessKeyId = AccessKey?.AccessKeyId
    expect(await refusal(iam.deleteAccessKey({ UserName: other, AccessKeyId }))).toMatch('NoSuch')
  },

  'login profiles are made, changed and removed': async ({ iam, name }) => {
    const UserName = name('user')
    await iam.createUser({ UserName })
    const weak = { UserName, Password: 'password' }
    expect(await refusal(iam.createLoginProfile(weak))).toBe(
      'PasswordPolicyViolationException: Password does not conform to the account password policy.',
    )
    const made = await iam.createLoginProfile({ UserName, Password: 'correct-Horse-1' })
    const LoginProfile = { UserName, CreateDate: expect.any(Date), PasswordResetRequired: false }
    expect(bare(made)).toEqual({ LoginProfile })
    expect(await refusal(iam.createLoginProfile({ UserName, Password: 'correct-Horse-2' }))).toBe(
      `EntityAlreadyExistsException: Login Profile for user ${UserName} already exists.`,
    )
    await iam.updateLoginProfile({ UserName, PasswordResetRequired: true })
    expect((await iam.getLoginProfile({ UserName })).LoginProfile?.PasswordResetRequired).toBe(true)
    await iam.deleteLoginProfile({ UserName })
    const gone = `NoSuchEntityException: Login Profile for User ${UserName} cannot be found.`
    expect(await refusal(iam.getLoginProfile({ UserName }))).toBe(gone)
    expect(await refusal(iam.updateLoginProfile({ UserName }))).toBe(gone)
    expect(await refusal(iam.deleteLoginProfile({ UserName }))).toBe(gone)
  },

  'login profiles are changed by users who know the old password': async ({ iam, name, as }) => {
    const UserName = name('user')
    await iam.createUser({ UserName })
    await iam.createLoginProfile({ UserName, Password: 'correct-Horse-1' })
    const user = await as(UserName, allow('iam:ChangePassword'))
    const change = (OldPassword: string, NewPassword: string) =>
      user.changePassword({ OldPassword, NewPassword })
    expect(await refusal(change('wrong', 'correct-Horse-2'))).toBe(
      'AccessDenied: The old password was incorrect.',
    )
    await change('correct-Horse-1', 'correct-Horse-2')
    expect(await refusal(change('correct-Horse-1', 'correct-Horse-3'))).toMatch('AccessDenied')
    const asRoot = iam.changePassword({ OldPassword: 'a', NewPassword: 'b' })
    expect(await refusal(asRoot)).toBe(
      'InvalidUserTypeException: Only IAM Users can change their own password',
    )
  },
}
