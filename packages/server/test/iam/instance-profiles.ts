import { expect } from 'vitest'
import { allow, type Cases, document, FOR_EC2, refusal } from './stage.js'

export const instanceProfileCases: Cases = {
  'instance profiles hold a role': async ({ iam, name, arn }) => {
    const [InstanceProfileName, RoleName] = [name('profile'), name('role')]
    const { Role } = await iam.createRole({ RoleName, AssumeRolePolicyDocument: FOR_EC2 })
    const made = await iam.createInstanceProfile({ InstanceProfileName, Path: '/web/' })
    expect(made.InstanceProfile).toEqual({
      Path: '/web/',
      InstanceProfileName,
      InstanceProfileId: expect.stringMatching(/^AIPA[A-Z2-7]{17}$/),
      Arn: arn(`instance-profile/web/${InstanceProfileName}`),
      CreateDate: expect.any(Date),
      Roles: [],
    })
    await iam.addRoleToInstanceProfile({ InstanceProfileName, RoleName })
    const shown = { ...made.InstanceProfile, Roles: [{ ...Role, MaxSessionDuration: 3600 }] }
    const { InstanceProfile } = await iam.getInstanceProfile({ InstanceProfileName })
    expect(InstanceProfile).toEqual(shown)
    const { InstanceProfiles } = await iam.listInstanceProfiles({ PathPrefix: '/web/' })
    expect(InstanceProfiles).toEqual([shown])
    const ofRole = await iam.listInstanceProfilesForRole({ RoleName })
    expect(ofRole.InstanceProfiles).toEqual([shown])

    const [full] = [iam.addRoleToInstanceProfile({ InstanceProfileName, RoleName })]
    expect(await refusal(full)).toBe(
      'LimitExceededException: Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1',
    )
    const bond = 'must remove roles from instance profile first.'
    const conflict = `DeleteConflictException: Cannot delete entity, ${bond}`
    expect(await refusal(iam.deleteRole({ RoleName }))).toBe(conflict)
    expect(await refusal(iam.deleteInstanceProfile({ InstanceProfileName }))).toBe(conflict)
    expect(await refusal(iam.createInstanceProfile({ InstanceProfileName }))).toBe(
      `EntityAlreadyExistsException: Instance Profile ${InstanceProfileName} already exists.`,
    )
    await iam.removeRoleFromInstanceProfile({ InstanceProfileName, RoleName })
    await iam.deleteInstanceProfile({ InstanceProfileName })

    const gone = `NoSuchEntityException: Instance Profile ${InstanceProfileName} cannot be found.`
    expect(await refusal(iam.getInstanceProfile({ InstanceProfileName }))).toBe(gone)
    const both = { InstanceProfileName, RoleName }
    expect(await refusal(iam.removeRoleFromInstanceProfile(both))).toBe(gone)
    expect(await refusal(iam.listInstanceProfiles({ MaxItems: 0 }))).toMatch('ValidationError')
    const nobody = iam.listInstanceProfilesForRole({ RoleName: 'nobody' })
    expect(await refusal(nobody)).toMatch('NoSuchEntityException')
  },

  'instance profiles get a role from those who may pass it': async ({ iam, name, as, arn }) => {
    const [InstanceProfileName, RoleName] = [name('profile'), name('role')]
    await iam.createRole({ RoleName, AssumeRolePolicyDocument: FOR_EC2 })
    await iam.createInstanceProfile({ InstanceProfileName })
    const UserName = name('user')
    await iam.createUser({ UserName })
    const user = await as(UserName, allow('iam:AddRoleToInstanceProfile'))
    const add = () => user.addRoleToInstanceProfile({ InstanceProfileName, RoleName })
    expect(await refusal(add())).toBe(
      `AccessDenied: User: ${arn(`user/${UserName}`)} is not authorized to perform: iam:PassRole on ` +
        `resource: ${arn(`role/${RoleName}`)} because no identity-based policy allows the iam:PassRole action`,
    )
    const passing = (service: string) => ({
      Effect: 'Allow',
      Action: 'iam:PassRole',
      Resource: arn(`role/${RoleName}`),
      Condition: { StringEquals: { 'iam:PassedToService': service } },
    })
    const put = (service: string) =>
      iam.putUserPolicy({
        UserName,
        PolicyName: 'pass',
        PolicyDocument: document(passing(service)),
      })
    await put('lambda.amazonaws.com')
    expect(await refusal(add())).toMatch('iam:PassRole')
    await put('ec2.amazonaws.com')
    await add()
  },
}
