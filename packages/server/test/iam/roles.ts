import { expect } from 'vitest'
import { allow, bare, type Cases, document, FOR_EC2, refusal, trusting } from './stage.js'

const encoded = encodeURIComponent(FOR_EC2).replace(/\*/g, '%2A')

export const roleCases: Cases = {
  'roles are made, read and listed as AWS does': async ({ iam, name, arn }) => {
    const RoleName = name('role')
    const { Policy } = await iam.createPolicy({
      PolicyName: name('boundary'),
      PolicyDocument: allow('*'),
    })
    const made = await iam.createRole({
      RoleName,
      Path: '/jobs/',
      AssumeRolePolicyDocument: FOR_EC2,
      PermissionsBoundary: Policy?.Arn,
      Tags: [{ Key: 'a', Value: 'b' }],
    })
    const created = {
      Path: '/jobs/',
      RoleName,
      RoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}$/),
      Arn: arn(`role/jobs/${RoleName}`),
      CreateDate: expect.any(Date),
      AssumeRolePolicyDocument: encoded,
    }
    const more = {
      PermissionsBoundary: {
        PermissionsBoundaryType: 'Policy',
        PermissionsBoundaryArn: Policy?.Arn,
      },
      Tags: [{ Key: 'a', Value: 'b' }],
    }
    expect(made.Role).toEqual({ ...created, ...more })
    const { Role } = await iam.getRole({ RoleName })
    expect(Role).toEqual({ ...created, ...more, MaxSessionDuration: 3600, RoleLastUsed: {} })
    expect(bare(await iam.listRoles({ PathPrefix: '/jobs/' }))).toEqual({
      Roles: [{ ...created, MaxSessionDuration: 3600 }],
      IsTruncated: false,
    })
    expect(await refusal(iam.listRoles({ PathPrefix: 'jobs' }))).toMatch("Value at 'pathPrefix'")
  },

  'roles keep the exact text of their trust policy': async ({ iam, name }) => {
    const RoleName = name('role')
    const text = ` {\n  "Version":"2012-10-17", "Statement" : [${FOR_EC2.slice(FOR_EC2.indexOf('{', 2), -1)}]}\n`
    await iam.createRole({ RoleName, AssumeRolePolicyDocument: text })
    const { Role } = await iam.getRole({ RoleName })
    expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).toBe(text)
  },

  'roles are refused where they are not as they must be': async ({ iam, name }) => {
    const RoleName = name('role')
    const make = (AssumeRolePolicyDocument: string, more: object = {}) =>
      refusal(iam.createRole({ RoleName, AssumeRolePolicyDocument, ...more }))
    expect(await make('{,}')).toBe(
      'MalformedPolicyDocumentException: This policy contains invalid Json',
    )
    expect(await make(allow('sts:AssumeRole'))).toBe(
      'MalformedPolicyDocumentException: Has prohibited field Resource',
    )
    expect(await make(trusting({ AWS: 'nobody' }))).toBe(
      'MalformedPolicyDocumentException: Invalid principal in policy: "AWS":"nobody"',
    )
    const long = document({
      Effect: 'Allow',
      Principal: { Service: 'ec2.amazonaws.com' },
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'aws:PrincipalTag/a': 'x'.repeat(2048) } },
    })
    expect(await make(long)).toBe(
      'LimitExceededException: Cannot exceed quota for ACLSizePerRole: 2048',
    )
    expect(await make(FOR_EC2, { MaxSessionDuration: 43_201 })).toBe(
      "ValidationError: 1 validation error detected: Value at 'maxSessionDuration' failed to satisfy " +
        'constraint: Member must have value less than or equal to 43200',
    )
    expect(await make(FOR_EC2, { Path: '/aws-service-role/x/' })).toMatch('ValidationError')
    await iam.createRole({ RoleName, AssumeRolePolicyDocument: FOR_EC2 })
    expect(await make(FOR_EC2)).toBe(
      `EntityAlreadyExistsException: Role with name ${RoleName} already exists.`,
    )
  },

  'roles are changed and removed': async ({ iam, name }) => {
    const RoleName = name('role')
    await iam.createRole({ RoleName, AssumeRolePolicyDocument: FOR_EC2 })
    await iam.updateRole({ RoleName, Description: 'one', MaxSessionDuration: 7200 })
    const { Role } = await iam.updateRoleDescription({ RoleName, Description: 'two' })
    expect(Role).toMatchObject({ Description: 'two', MaxSessionDuration: 7200 })
    const PolicyDocument = trusting({ Service: 'lambda.amazonaws.com' })
    await iam.updateAssumeRolePolicy({ RoleName, PolicyDocument })
    const changed = (await iam.getRole({ RoleName })).Role?.AssumeRolePolicyDocument ?? ''
    expect(decodeURIComponent(changed)).toBe(PolicyDocument)
    await iam.deleteRole({ RoleName })

    const gone = `NoSuchEntityException: The role with name ${RoleName} cannot be found.`
    expect(await refusal(iam.getRole({ RoleName }))).toBe(gone)
    expect(await refusal(iam.updateRole({ RoleName }))).toBe(gone)
    expect(await refusal(iam.updateRoleDescription({ RoleName, Description: '' }))).toBe(gone)
    expect(await refusal(iam.updateAssumeRolePolicy({ RoleName, PolicyDocument }))).toBe(gone)
    expect(await refusal(iam.deleteRole({ RoleName }))).toBe(gone)
  },

  'roles trust the user that they were told of, not one of the same name': async ({
    iam,
    name,
    arn,
  }) => {
    const [RoleName, UserName, NewUserName] = [name('role'), name('user'), name('user')]
    const { User } = await iam.createUser({ UserName })
    const AssumeRolePolicyDocument = trusting({ AWS: User?.Arn })
    await iam.createRole({ RoleName, AssumeRolePolicyDocument })
    const trusted = async () => {
      const { Role } = await iam.getRole({ RoleName })
      return JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).Statement
        .Principal
    }
    expect(await trusted()).toEqual({ AWS: User?.Arn })
    await iam.updateUser({ UserName, NewUserName })
    expect(await trusted()).toEqual({ AWS: arn(`user/${NewUserName}`) })
    await iam.deleteUser({ UserName: NewUserName })
    await iam.createUser({ UserName })
    expect(await trusted()).toEqual({ AWS: User?.UserId })
  },

  'roles have boundaries': async ({ iam, name }) => {
    const [RoleName, UserName] = [name('role'), name('user')]
    await iam.createRole({ RoleName, AssumeRolePolicyDocument: FOR_EC2 })
    await iam.createUser({ UserName })
    const PermissionsBoundary = 'arn:aws:iam::aws:policy/PowerUserAccess'
    await iam.putRolePermissionsBoundary({ RoleName, PermissionsBoundary })
    await iam.putUserPermissionsBoundary({ UserName, PermissionsBoundary })
    const { Role } = await iam.getRole({ RoleName })
    const { User } = await iam.getUser({ UserName })
    const bound = { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: PermissionsBoundary }
    expect([Role?.PermissionsBoundary, User?.PermissionsBoundary]).toEqual([bound, bound])
    const { Policy } = await iam.getPolicy({ PolicyArn: PermissionsBoundary })
    expect(Policy?.PermissionsBoundaryUsageCount).toBeGreaterThanOrEqual(2)
    await iam.deleteRolePermissionsBoundary({ RoleName })
    await iam.deleteUserPermissionsBoundary({ UserName })

    expect(await refusal(iam.deleteRolePermissionsBoundary({ RoleName }))).toMatch('NoSuchEntity')
    expect(await refusal(iam.deleteUserPermissionsBoundary({ UserName }))).toMatch('NoSuchEntity')
    const missing = 'arn:aws:iam::aws:policy/NoSuchPolicy'
    const words = `NoSuchEntityException: Policy ${missing} does not exist or is not attachable.`
    const bounded = { PermissionsBoundary: missing }
    expect(await refusal(iam.putRolePermissionsBoundary({ RoleName, ...bounded }))).toBe(words)
    expect(await refusal(iam.putUserPermissionsBoundary({ UserName, ...bounded }))).toBe(words)
    expect(await refusal(iam.createUser({ UserName: name('user'), ...bounded }))).toBe(words)
  },

  'roles of services are not there': async ({ iam, name }) => {
    const RoleName = name('role')
    await iam.createRole({ RoleName, AssumeRolePolicyDocument: FOR_EC2 })
    const AWSServiceName = 'batch.amazonaws.com'
    expect(await refusal(iam.createServiceLinkedRole({ AWSServiceName }))).toMatch('InvalidInput')
    expect(await refusal(iam.deleteServiceLinkedRole({ RoleName }))).toMatch('ValidationError')
    const DeletionTaskId = 'task/aws-service-role/none'
    expect(await refusal(iam.getServiceLinkedRoleDeletionStatus({ DeletionTaskId }))).toMatch(
      'NoSuchEntityException',
    )
  },
}
