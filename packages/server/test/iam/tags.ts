import { expect } from 'vitest'
import { METADATA } from './saml-metadata.js'
import { allow, type Cases, document, FOR_EC2, refusal, type Stage } from './stage.js'

type Tags = { Key: string; Value: string }[]

/** One kind of thing that has tags, as three calls. */
interface Tagged {
  readonly tag: (Tags: Tags) => Promise<unknown>
  readonly untag: (TagKeys: string[]) => Promise<unknown>
  readonly list: (page?: object) => Promise<{ Tags?: unknown; IsTruncated?: boolean | undefined }>
}

async function kinds({ iam, name }: Stage): Promise<Record<string, Tagged>> {
  const UserName = name('user')
  const RoleName = name('role')
  const InstanceProfileName = name('profile')
  await iam.createUser({ UserName })
  await iam.createRole({ RoleName, AssumeRolePolicyDocument: FOR_EC2 })
  await iam.createInstanceProfile({ InstanceProfileName })
  const policy = await iam.createPolicy({ PolicyName: name('policy'), PolicyDocument: allow('*') })
  const PolicyArn = policy.Policy?.Arn
  const Url = `https://${name('oidc')}.example.com`
  const { OpenIDConnectProviderArn } = await iam.createOpenIDConnectProvider({ Url })
  const SAMLMetadataDocument = METADATA
  const { SAMLProviderArn } = await iam.createSAMLProvider({
    Name: name('saml'),
    SAMLMetadataDocument,
  })
  const device = await iam.createVirtualMFADevice({ VirtualMFADeviceName: name('mfa') })
  const SerialNumber = device.VirtualMFADevice?.SerialNumber
  return {
    user: {
      tag: (Tags) => iam.tagUser({ UserName, Tags }),
      untag: (TagKeys) => iam.untagUser({ UserName, TagKeys }),
      list: (page) => iam.listUserTags({ UserName, ...page }),
    },
    role: {
      tag: (Tags) => iam.tagRole({ RoleName, Tags }),
      untag: (TagKeys) => iam.untagRole({ RoleName, TagKeys }),
      list: (page) => iam.listRoleTags({ RoleName, ...page }),
    },
    profile: {
      tag: (Tags) => iam.tagInstanceProfile({ InstanceProfileName, Tags }),
      untag: (TagKeys) => iam.untagInstanceProfile({ InstanceProfileName, TagKeys }),
      list: (page) => iam.listInstanceProfileTags({ InstanceProfileName, ...page }),
    },
    policy: {
      tag: (Tags) => iam.tagPolicy({ PolicyArn, Tags }),
      untag: (TagKeys) => iam.untagPolicy({ PolicyArn, TagKeys }),
      list: (page) => iam.listPolicyTags({ PolicyArn, ...page }),
    },
    oidc: {
      tag: (Tags) => iam.tagOpenIDConnectProvider({ OpenIDConnectProviderArn, Tags }),
      untag: (TagKeys) => iam.untagOpenIDConnectProvider({ OpenIDConnectProviderArn, TagKeys }),
      list: (page) => iam.listOpenIDConnectProviderTags({ OpenIDConnectProviderArn, ...page }),
    },
    saml: {
      tag: (Tags) => iam.tagSAMLProvider({ SAMLProviderArn, Tags }),
      untag: (TagKeys) => iam.untagSAMLProvider({ SAMLProviderArn, TagKeys }),
      list: (page) => iam.listSAMLProviderTags({ SAMLProviderArn, ...page }),
    },
    device: {
      tag: (Tags) => iam.tagMFADevice({ SerialNumber, Tags }),
      untag: (TagKeys) => iam.untagMFADevice({ SerialNumber, TagKeys }),
      list: (page) => iam.listMFADeviceTags({ SerialNumber, ...page }),
    },
  }
}

const tagList = (count: number, stem = 'k') =>
  Array.from({ length: count }, (_, i) => ({ Key: `${stem}${i}`, Value: '' }))

export const tagCases: Cases = {
  'tags are put, replaced, listed and taken off': async (stage) => {
    for (const { tag, untag, list } of Object.values(await kinds(stage))) {
      await tag([
        { Key: 'Team', Value: 'red' },
        { Key: 'cost', Value: '1' },
      ])
      await tag([{ Key: 'team', Value: 'blue' }])
      const all = [
        { Key: 'cost', Value: '1' },
        { Key: 'team', Value: 'blue' },
      ]
      expect(await list()).toMatchObject({ Tags: all, IsTruncated: false })
      expect(await list({ MaxItems: 1 })).toMatchObject({ Tags: [all[0]], IsTruncated: true })
      await untag(['TEAM', 'absent'])
      expect(await list()).toMatchObject({ Tags: [all[0]] })
    }
  },

  'tags are refused where there are doubles or too many': async (stage) => {
    for (const { tag, untag, list } of Object.values(await kinds(stage))) {
      const doubles = [
        { Key: 'a', Value: '1' },
        { Key: 'A', Value: '2' },
      ]
      expect(await refusal(tag(doubles))).toBe(
        'InvalidInputException: Duplicate tag keys found. Please note that Tag keys are case insensitive.',
      )
      await tag(tagList(50))
      expect(await refusal(tag(tagList(1, 'more')))).toMatch('LimitExceededException')
      expect(await refusal(tag(tagList(51)))).toMatch('less than or equal to 50')
      expect(await refusal(tag([{ Key: 'aws:own', Value: '' }]))).toMatch('InvalidInputException')
      expect(await refusal(tag([{ Key: '__proto__', Value: '' }]))).toMatch('InvalidInputException')
      expect(await refusal(untag(['']))).toMatch("Value at 'tagKeys.1.member'")
      expect(await refusal(list({ MaxItems: 0 }))).toMatch('ValidationError')
    }
  },

  'tags decide who may do what': async ({ iam, name, as, arn }) => {
    const [UserName, red, blue] = [name('user'), name('role'), name('role')]
    const AssumeRolePolicyDocument = FOR_EC2
    await iam.createUser({ UserName })
    await iam.createRole({
      RoleName: red,
      Path: '/x/',
      AssumeRolePolicyDocument,
      Tags: [{ Key: 'Team', Value: 'red' }],
    })
    await iam.createRole({ RoleName: blue, AssumeRolePolicyDocument })
    const user = await as(
      UserName,
      document([
        {
          Effect: 'Allow',
          Action: 'iam:UpdateRole',
          Resource: arn('role/*'),
          Condition: {
            StringEquals: { 'aws:ResourceTag/team': 'red', 'iam:ResourceTag/Team': 'red' },
          },
        },
        {
          Effect: 'Allow',
          Action: 'iam:TagRole',
          Resource: '*',
          Condition: {
            StringEquals: { 'aws:RequestTag/team': 'red' },
            'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'] },
          },
        },
      ]),
    )
    await user.updateRole({ RoleName: red })
    expect(await refusal(user.updateRole({ RoleName: blue }))).toMatch('AccessDenied')
    const tag = (Tags: Tags) => user.tagRole({ RoleName: blue, Tags })
    expect(await refusal(tag([{ Key: 'team', Value: 'blue' }]))).toMatch('AccessDenied')
    const both = [
      { Key: 'team', Value: 'red' },
      { Key: 'cost', Value: '1' },
    ]
    expect(await refusal(tag(both))).toMatch('AccessDenied')
    await tag([{ Key: 'team', Value: 'red' }])
    await user.updateRole({ RoleName: blue })
  },
}
