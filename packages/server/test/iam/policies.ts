import { expect } from 'vitest'
import { allow, bare, type Cases, FOR_EC2, refusal, type Stage } from './stage.js'

const READ_ONLY = 'arn:aws:iam::aws:policy/IAMReadOnlyAccess'

const madePolicy = async ({ iam, name }: Stage, PolicyDocument = allow('s3:*')) => {
  const { Policy } = await iam.createPolicy({ PolicyName: name('policy'), PolicyDocument })
  return Policy?.Arn ?? ''
}

export const policyCases: Cases = {
  'policies are made, read, listed and removed': async ({ iam, name, arn }) => {
    const PolicyName = name('policy')
    const PolicyDocument = allow('s3:*')
    const make = () =>
      iam.createPolicy({ PolicyName, PolicyDocument, Path: '/p/', Description: 'all of S3' })
    const { Policy } = await make()
    const shown = {
      PolicyName,
      PolicyId: expect.stringMatching(/^ANPA[A-Z2-7]{17}$/),
      Arn: arn(`policy/p/${PolicyName}`),
      Path: '/p/',
      DefaultVersionId: 'v1',
      AttachmentCount: 0,
      PermissionsBoundaryUsageCount: 0,
      IsAttachable: true,
      CreateDate: expect.any(Date),
      UpdateDate: expect.any(Date),
    }
    expect(Policy).toEqual(shown)
    const PolicyArn = Policy?.Arn
    const read = await iam.getPolicy({ PolicyArn })
    expect(read.Policy).toEqual({ ...shown, Description: 'all of S3', Tags: [] })
    const { Policies } = await iam.listPolicies({ Scope: 'Local', PathPrefix: '/p/' })
    expect(Policies).toEqual([shown])
    expect(await refusal(make())).toBe(
      `EntityAlreadyExistsException: A policy called ${PolicyName} already exists. Duplicate names are not allowed.`,
    )
    await iam.deletePolicy({ PolicyArn })
    const gone = `NoSuchEntityException: Policy ${PolicyArn} was not found.`
    expect(await refusal(iam.getPolicy({ PolicyArn }))).toBe(gone)
    expect(await refusal(iam.deletePolicy({ PolicyArn }))).toBe(gone)
    expect(await refusal(iam.listPolicies({ Scope: 'Mine' as 'Local' }))).toMatch(
      "Value at 'scope'",
    )
    expect(await refusal(iam.deletePolicy({ PolicyArn: READ_ONLY }))).toBe(
      'AccessDenied: Policy is outside your own account.',
    )
  },

  'policies of AWS are listed in pages': async ({ iam }) => {
    const names: (string | undefined)[] = []
    let Marker: string | undefined
    do {
      const page = await iam.listPolicies({ Scope: 'AWS', MaxItems: 1000, Marker })
      names.push(...(page.Policies ?? []).map(({ PolicyName }) => PolicyName))
      Marker = page.Marker
    } while (Marker)
    expect(new Set(names).size).toBe(names.length)
    expect(names.length).toBeGreaterThan(1000)
    expect(names).toContain('AdministratorAccess')
  },

  'policies have at most five versions': async (stage) => {
    const { iam } = stage
    const PolicyArn = await madePolicy(stage)
    const add = (SetAsDefault = false) =>
      iam.createPolicyVersion({ PolicyArn, PolicyDocument: allow('s3:Get*'), SetAsDefault })
    const { PolicyVersion } = await add()
    const version = { VersionId: 'v2', IsDefaultVersion: false, CreateDate: expect.any(Date) }
    expect(PolicyVersion).toEqual(version)
    for (let i = 0; i < 3; i++) await add(i === 2)
    expect(await refusal(add())).toBe(
      'LimitExceededException: A managed policy can have up to 5 versions. Before you create a new version, ' +
        'you must delete an existing version.',
    )
    const ids = async () =>
      (await iam.listPolicyVersions({ PolicyArn })).Versions?.map(({ VersionId }) => VersionId)
    expect(await ids()).toEqual(['v5', 'v4', 'v3', 'v2', 'v1'])
    expect(await refusal(iam.deletePolicyVersion({ PolicyArn, VersionId: 'v5' }))).toBe(
      'DeleteConflictException: Cannot delete the default version of a policy.',
    )
    await iam.setDefaultPolicyVersion({ PolicyArn, VersionId: 'v2' })
    await iam.deletePolicyVersion({ PolicyArn, VersionId: 'v5' })
    await add()
    expect(await ids()).toEqual(['v6', 'v4', 'v3', 'v2', 'v1'])
    const read = await iam.getPolicyVersion({ PolicyArn, VersionId: 'v2' })
    expect(read.PolicyVersion?.IsDefaultVersion).toBe(true)
    expect(decodeURIComponent(read.PolicyVersion?.Document ?? '')).toBe(allow('s3:Get*'))
    const missing = { PolicyArn, VersionId: 'v9' }
    const words = `NoSuchEntityException: Policy ${PolicyArn} version v9 does not exist or is not attachable.`
    expect(await refusal(iam.getPolicyVersion(missing))).toBe(words)
    expect(await refusal(iam.setDefaultPolicyVersion(missing))).toBe(words)
    expect(await refusal(iam.deletePolicyVersion(missing))).toBe(words)
    expect(await refusal(iam.deletePolicy({ PolicyArn }))).toMatch('more than one version')
    expect(await refusal(iam.listPolicyVersions({ PolicyArn: `${PolicyArn}x` }))).toMatch('NoSuch')
  },

  'policies are refused where they are malformed or too long': async ({ iam, name }) => {
    const make = (PolicyDocument: string) =>
      refusal(iam.createPolicy({ PolicyName: name('policy'), PolicyDocument }))
    expect(await make('{}')).toMatch('MalformedPolicyDocumentException: ')
    expect(await make(allow('s3'))).toBe(
      'MalformedPolicyDocumentException: Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.',
    )
    const actions = Array.from({ length: 500 }, (_, i) => `s3:Action${i}`)
    expect(await make(allow(actions))).toBe(
      'LimitExceededException: Cannot exceed quota for PolicySize: 6144',
    )
    expect(await make(`${allow('s3:*')}${' '.repeat(140_000)}`)).toMatch('131072')
    expect(await make(`${allow('s3:*')}\u2028`)).toMatch("Value at 'policyDocument'")
    await iam.createPolicy({
      PolicyName: name('policy'),
      PolicyDocument: `${allow('s3:*')}${' '.repeat(100_000)}`,
    })
  },

  'policies are attached to ten at most, and counted': async (stage) => {
    const { iam, name } = stage
    const [UserName, GroupName, RoleName] = [name('user'), name('group'), name('role')]
    await iam.createUser({ UserName })
    await iam.createGroup({ GroupName })
    await iam.createRole({ RoleName, AssumeRolePolicyDocument: FOR_EC2 })
    const PolicyArn = await madePolicy(stage)
    await iam.attachUserPolicy({ UserName, PolicyArn })
    await iam.attachUserPolicy({ UserName, PolicyArn })
    await iam.attachGroupPolicy({ GroupName, PolicyArn })
    await iam.attachRolePolicy({ RoleName, PolicyArn })
    expect((await iam.getPolicy({ PolicyArn })).Policy?.AttachmentCount).toBe(3)
    expect(bare(await iam.listEntitiesForPolicy({ PolicyArn }))).toEqual({
      PolicyGroups: [{ GroupName, GroupId: expect.stringMatching(/^AGPA/) }],
      PolicyUsers: [{ UserName, UserId: expect.stringMatching(/^AIDA/) }],
      PolicyRoles: [{ RoleName, RoleId: expect.stringMatching(/^AROA/) }],
      IsTruncated: false,
    })
    const users = await iam.listEntitiesForPolicy({ PolicyArn, EntityFilter: 'User' })
    expect([users.PolicyUsers?.length, users.PolicyRoles?.length]).toEqual([1, 0])
    const first = await iam.listEntitiesForPolicy({ PolicyArn, MaxItems: 2 })
    const { Marker } = first
    expect((await iam.listEntitiesForPolicy({ PolicyArn, Marker })).PolicyUsers).toHaveLength(1)
    expect(await refusal(iam.deletePolicy({ PolicyArn }))).toBe(
      'DeleteConflictException: Cannot delete a policy attached to entities.',
    )
    for (let i = 0; i < 9; i++) {
      await iam.attachUserPolicy({ UserName, PolicyArn: await madePolicy(stage) })
    }
    expect(await refusal(iam.attachUserPolicy({ UserName, PolicyArn: READ_ONLY }))).toBe(
      'LimitExceededException: Cannot exceed quota for PoliciesPerUser: 10',
    )
    await iam.detachGroupPolicy({ GroupName, PolicyArn })
    await iam.detachRolePolicy({ RoleName, PolicyArn })
    expect((await iam.listAttachedUserPolicies({ UserName })).AttachedPolicies).toHaveLength(10)
    expect((await iam.listAttachedGroupPolicies({ GroupName })).AttachedPolicies).toEqual([])
    expect((await iam.listAttachedRolePolicies({ RoleName })).AttachedPolicies).toEqual([])
  },

  'policies that are not there are not attached': async (stage) => {
    const { iam, name } = stage
    const [UserName, GroupName, RoleName] = [name('user'), name('group'), name('role')]
    await iam.createUser({ UserName })
    await iam.createGroup({ GroupName })
    await iam.createRole({ RoleName, AssumeRolePolicyDocument: FOR_EC2 })
    const PolicyArn = `${await madePolicy(stage)}123`
    const absent = `NoSuchEntityException: Policy ${PolicyArn} does not exist or is not attachable.`
    expect(await refusal(iam.attachUserPolicy({ UserName, PolicyArn }))).toBe(absent)
    expect(await refusal(iam.attachGroupPolicy({ GroupName, PolicyArn }))).toBe(absent)
    expect(await refusal(iam.attachRolePolicy({ RoleName, PolicyArn }))).toBe(absent)
    const unborne = `NoSuchEntityException: Policy ${PolicyArn} was not found.`
    expect(await refusal(iam.detachUserPolicy({ UserName, PolicyArn }))).toBe(unborne)
    expect(await refusal(iam.detachGroupPolicy({ GroupName, PolicyArn }))).toBe(unborne)
    expect(await refusal(iam.detachRolePolicy({ RoleName, PolicyArn }))).toBe(unborne)
    const noArn = { PolicyArn: 'longpolicynamebutnoarn' }
    expect(await refusal(iam.attachRolePolicy({ RoleName, ...noArn }))).toBe(
      'ValidationError: Invalid ARN:  Could not be parsed!',
    )
    expect(await refusal(iam.listEntitiesForPolicy({ PolicyArn }))).toBe(unborne)
    const nobody = { UserName: 'nobody', GroupName: 'nobody', RoleName: 'nobody' }
    expect(await refusal(iam.listAttachedUserPolicies(nobody))).toMatch('The user with name nobody')
  },

  'policies of nobody are not listed': async ({ iam }) => {
    const no = 'with name nobody cannot be found'
    const [UserName, GroupName, RoleName] = ['nobody', 'nobody', 'nobody']
    expect(await refusal(iam.listAttachedGroupPolicies({ GroupName }))).toMatch(no)
    expect(await refusal(iam.listAttachedRolePolicies({ RoleName }))).toMatch(no)
    expect(await refusal(iam.listUserPolicies({ UserName }))).toMatch(no)
    expect(await refusal(iam.listGroupPolicies({ GroupName }))).toMatch(no)
    expect(await refusal(iam.listRolePolicies({ RoleName }))).toMatch(no)
  },
}

export const inlinePolicyCases: Cases = {
  'inline policies keep their exact text': async ({ iam, name }) => {
    const [UserName, GroupName, RoleName] = [name('user'), name('group'), name('role')]
    await iam.createUser({ UserName })
    await iam.createGroup({ GroupName })
    await iam.createRole({ RoleName, AssumeRolePolicyDocument: FOR_EC2 })
    const PolicyName = 'own+policy'
    const PolicyDocument = `\n${allow('s3:*', { Sid: 'A1' }).replace(/,/g, ' ,\t')}`
    await iam.putUserPolicy({ UserName, PolicyName, PolicyDocument })
    await iam.putGroupPolicy({ GroupName, PolicyName, PolicyDocument })
    await iam.putRolePolicy({ RoleName, PolicyName, PolicyDocument })
    const PolicyDocumentEncoded = encodeURIComponent(PolicyDocument).replace(/\*/g, '%2A')
    const shown = { PolicyName, PolicyDocument: PolicyDocumentEncoded }
    expect(bare(await iam.getUserPolicy({ UserName, PolicyName }))).toEqual({ UserName, ...shown })
    expect(bare(await iam.getGroupPolicy({ GroupName, PolicyName }))).toEqual({
      GroupName,
      ...shown,
    })
    expect(bare(await iam.getRolePolicy({ RoleName, PolicyName }))).toEqual({ RoleName, ...shown })
    const listed = { PolicyNames: [PolicyName], IsTruncated: false }
    expect(bare(await iam.listUserPolicies({ UserName }))).toEqual(listed)
    expect(bare(await iam.listGroupPolicies({ GroupName }))).toEqual(listed)
    expect(bare(await iam.listRolePolicies({ RoleName }))).toEqual(listed)
    await iam.deleteUserPolicy({ UserName, PolicyName })
    await iam.deleteGroupPolicy({ GroupName, PolicyName })
    await iam.deleteRolePolicy({ RoleName, PolicyName })
    const gone = (kind: string) =>
      `NoSuchEntityException: The ${kind} policy with name ${PolicyName} cannot be found.`
    expect(await refusal(iam.getUserPolicy({ UserName, PolicyName }))).toBe(gone('user'))
    expect(await refusal(iam.getGroupPolicy({ GroupName, PolicyName }))).toBe(gone('group'))
    expect(await refusal(iam.getRolePolicy({ RoleName, PolicyName }))).toBe(gone('role'))
    expect(await refusal(iam.deleteUserPolicy({ UserName, PolicyName }))).toBe(gone('user'))
    expect(await refusal(iam.deleteGroupPolicy({ GroupName, PolicyName }))).toBe(gone('group'))
    expect(await refusal(iam.deleteRolePolicy({ RoleName, PolicyName }))).toBe(gone('role'))
  },

  'inline policies of one bearer together are not too long': async ({ iam, name }) => {
    const [UserName, GroupName, RoleName] = [name('user'), name('group'), name('role')]
    await iam.createUser({ UserName })
    await iam.createGroup({ GroupName })
    await iam.createRole({ RoleName, AssumeRolePolicyDocument: FOR_EC2 })
    const long = (length: number) => allow(`s3:${'x'.repeat(length - 80)}`)
    const own = { PolicyName: 'own', PolicyDocument: long(1000) }
    await iam.putUserPolicy({ UserName, ...own })
    await iam.putUserPolicy({ UserName, ...own })
    const second = { PolicyName: 'two', PolicyDocument: long(1100) }
    const words = (most: number, whose: string) =>
      `LimitExceededException: Maximum policy size of ${most} bytes exceeded for ${whose}`
    expect(await refusal(iam.putUserPolicy({ UserName, ...second }))).toBe(
      words(2048, `user ${UserName}`),
    )
    const group = { GroupName, PolicyName: 'own', PolicyDocument: long(5200) }
    expect(await refusal(iam.putGroupPolicy(group))).toBe(words(5120, `group ${GroupName}`))
    const role = { RoleName, PolicyName: 'own', PolicyDocument: long(10_300) }
    expect(await refusal(iam.putRolePolicy(role))).toBe(words(10_240, `role ${RoleName}`))
  },

  'inline policies may have a name that means something to JavaScript': async ({ iam, name }) => {
    const UserName = name('user')
    await iam.createUser({ UserName })
    expect(await refusal(iam.getUserPolicy({ UserName, PolicyName: 'constructor' }))).toMatch(
      'NoSuch',
    )
    const PolicyName = '__proto__'
    await iam.putUserPolicy({ UserName, PolicyName, PolicyDocument: allow('s3:*') })
    expect((await iam.listUserPolicies({ UserName })).PolicyNames).toEqual([PolicyName])
    await iam.deleteUserPolicy({ UserName, PolicyName })
    expect((await iam.listUserPolicies({ UserName })).PolicyNames).toEqual([])
  },
}
