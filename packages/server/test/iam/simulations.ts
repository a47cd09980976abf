import { expect } from 'vitest'
import { allow, bare, type Cases, document, FOR_EC2, refusal } from './stage.js'

const BUCKET = 'arn:aws:s3:::bucket'
/** As AWS was asked when its answers were recorded. */
const RECORDED =
  '{"Version": "2012-10-17", "Statement": {"Sid": "", "Effect": "Allow", "Action": "s3:PutObject", "Resource": "*"}}'

export const simulationCases: Cases = {
  'simulations answer as AWS did': async ({ iam, name, arn }) => {
    const [UserName, GroupName, RoleName] = [name('user'), name('group'), name('role')]
    const PolicyName = name('policy')
    const { Policy } = await iam.createPolicy({ PolicyName, PolicyDocument: RECORDED })
    const PolicyArn = Policy?.Arn
    await iam.createUser({ UserName })
    await iam.createGroup({ GroupName })
    await iam.createRole({ RoleName, AssumeRolePolicyDocument: FOR_EC2 })
    await iam.attachUserPolicy({ UserName, PolicyArn })
    await iam.attachGroupPolicy({ GroupName, PolicyArn })
    await iam.attachRolePolicy({ RoleName, PolicyArn })
    const shared = {
      MatchedStatements: [
        {
          SourcePolicyId: PolicyName,
          SourcePolicyType: 'IAM Policy',
          StartPosition: { Line: 1, Column: 41 },
          EndPosition: { Line: 1, Column: 113 },
        },
      ],
      MissingContextValues: [],
    }
    const none = { MatchedStatements: [], MissingContextValues: [] }
    for (const source of [`user/${UserName}`, `group/${GroupName}`, `role/${RoleName}`]) {
      const answer = await iam.simulatePrincipalPolicy({
        PolicySourceArn: arn(source),
        ActionNames: ['s3:PutObject', 's3:GetObjectVersion'],
        ResourceArns: [BUCKET],
      })
      expect(bare(answer)).toEqual({
        EvaluationResults: [
          {
            EvalActionName: 's3:PutObject',
            EvalResourceName: BUCKET,
            EvalDecision: 'allowed',
            EvalDecisionDetails: {},
            ...shared,
            ResourceSpecificResults: [
              { EvalResourceName: BUCKET, EvalResourceDecision: 'allowed', ...shared },
            ],
          },
          {
            EvalActionName: 's3:GetObjectVersion',
            EvalResourceName: BUCKET,
            EvalDecision: 'implicitDeny',
            EvalDecisionDetails: {},
            ...none,
            ResourceSpecificResults: [
              { EvalResourceName: BUCKET, EvalResourceDecision: 'implicitDeny', ...none },
            ],
          },
        ],
        IsTruncated: false,
      })
    }
  },

  'simulations take policies, boundaries and contexts of the request': async ({ iam }) => {
    const simulate = async (input: object) => {
      const { EvaluationResults } = await iam.simulateCustomPolicy({
        PolicyInputList: [
          allow('s3:*', { Condition: { StringEquals: { 'aws:username': 'ada' } } }),
          document({
            Effect: 'Deny',
            Action: 's3:Delete*',
            Resource: 'arn:aws:s3:::${aws:userid}',
          }),
        ],
        ActionNames: ['s3:GetObject'],
        ...input,
      })
      return EvaluationResults?.[0]
    }
    const ContextEntries = [
      { ContextKeyName: 'AWS:UserName', ContextKeyValues: ['ada'], ContextKeyType: 'string' },
    ]
    expect(await simulate({})).toMatchObject({
      EvalResourceName: '*',
      EvalDecision: 'implicitDeny',
      MissingContextValues: ['aws:username'],
    })
    expect(await simulate({ ContextEntries })).toMatchObject({
      EvalDecision: 'allowed',
      MissingContextValues: [],
    })
    expect(await simulate({ ContextEntries, ActionNames: ['s3:DeleteObject'] })).toMatchObject({
      MissingContextValues: ['aws:userid'],
    })
    const bounded = await simulate({
      ContextEntries,
      PermissionsBoundaryPolicyInputList: [allow('ec2:*')],
    })
    expect(bounded).toMatchObject({
      EvalDecision: 'implicitDeny',
      PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: false },
    })
    const CallerArn = 'arn:aws:iam::222233334444:user/ada'
    const ResourcePolicy = document({
      Effect: 'Deny',
      Principal: { AWS: CallerArn },
      Action: 's3:GetObject',
      Resource: '*',
    })
    expect(await simulate({ CallerArn, ResourcePolicy, ContextEntries })).toMatchObject({
      EvalDecision: 'explicitDeny',
      MatchedStatements: [{ SourcePolicyId: 'ResourcePolicy' }],
    })
  },

  'simulations come in pages': async ({ iam }) => {
    const input = {
      PolicyInputList: [allow('s3:*')],
      ActionNames: ['s3:GetObject', 's3:PutObject'],
      ResourceArns: [BUCKET, `${BUCKET}2`],
    }
    const first = await iam.simulateCustomPolicy({ ...input, MaxItems: 3 })
    const { Marker } = first
    const second = await iam.simulateCustomPolicy({ ...input, MaxItems: 3, Marker })
    const asked = [...(first.EvaluationResults ?? []), ...(second.EvaluationResults ?? [])]
    expect(asked.map((one) => [one.EvalActionName, one.EvalResourceName])).toEqual([
      ['s3:GetObject', BUCKET],
      ['s3:GetObject', `${BUCKET}2`],
      ['s3:PutObject', BUCKET],
      ['s3:PutObject', `${BUCKET}2`],
    ])
  },

  'simulations leave out policies that the request excludes': async ({ iam, name, arn }) => {
    const UserName = name('user')
    await iam.createUser({ UserName })
    await iam.putUserPolicy({ UserName, PolicyName: 'own', PolicyDocument: allow('s3:*') })
    const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess'
    await iam.attachUserPolicy({ UserName, PolicyArn })
    const inline = { PolicyName: 'own', AttachmentType: 'user', AttachmentName: UserName } as const
    const simulate = async (exclusions: object[]) => {
      const { EvaluationResults = [] } = await iam.simulatePrincipalPolicy({
        PolicySourceArn: arn(`user/${UserName}`),
        ActionNames: ['s3:GetObject'],
        PolicyExclusionList: exclusions as [],
      })
      const ids = EvaluationResults[0]?.MatchedStatements?.map((one) => one.SourcePolicyId)
      return [EvaluationResults[0]?.EvalDecision, ids]
    }
    const own = `user_${UserName}_own`
    expect(await simulate([])).toEqual(['allowed', [own, 'AdministratorAccess']])
    expect(await simulate([{ PolicyArn }])).toEqual(['allowed', [own]])
    const both = [{ PolicyArn }, { InlinePolicyIdentifier: inline }]
    expect(await simulate(both)).toEqual(['implicitDeny', []])
  },

  'simulations are refused where they make no sense': async ({ iam, arn }) => {
    const simulate = (input: object) =>
      refusal(
        iam.simulateCustomPolicy({
          PolicyInputList: [allow('s3:*')],
          ActionNames: ['s3:GetObject'],
          ...input,
        }),
      )
    expect(await simulate({ PolicyInputList: ['{}'] })).toMatch('InvalidInputException: ')
    expect(await simulate({ ActionNames: ['GetObject'] })).toMatch('InvalidInputException: ')
    expect(await simulate({ ResourceArns: ['bucket'] })).toMatch('InvalidInputException: ')
    expect(await simulate({ CallerArn: 'ada' })).toBe(
      'InvalidInputException: Invalid CallerArn: ada',
    )
    expect(await simulate({ ResourceOwner: 'ada' })).toMatch('InvalidInputException: ')
    expect(await simulate({ ResourcePolicy: allow('s3:*') })).toMatch('InvalidInputException: ')
    const entry = {
      ContextKeyName: 'aws:username',
      ContextKeyValues: ['a'],
      ContextKeyType: 'string',
    }
    expect(await simulate({ ContextEntries: [entry, entry] })).toBe(
      'InvalidInputException: Context key aws:username is given twice.',
    )
    const PolicySourceArn = arn('user/nobody')
    const ActionNames = ['s3:GetObject']
    expect(await refusal(iam.simulatePrincipalPolicy({ PolicySourceArn, ActionNames }))).toBe(
      `NoSuchEntityException: The entity with ARN ${PolicySourceArn} cannot be found.`,
    )
    expect(await refusal(iam.getContextKeysForPrincipalPolicy({ PolicySourceArn }))).toMatch(
      'NoSuch',
    )
    expect(await refusal(iam.getContextKeysForCustomPolicy({ PolicyInputList: ['x'] }))).toMatch(
      'InvalidInputException: ',
    )
  },

  'simulations tell nobody who is there': async ({ iam, name, as, arn }) => {
    const UserName = name('user')
    await iam.createUser({ UserName })
    const user = await as(UserName)
    const ActionNames = ['s3:GetObject']
    for (const source of [arn(`user/${UserName}`), arn('user/nobody')]) {
      const asked = user.simulatePrincipalPolicy({ PolicySourceArn: source, ActionNames })
      expect(await refusal(asked)).toMatch(
        `on resource: ${source} because no identity-based policy`,
      )
    }
    const bad = { PolicySourceArn: 'user/of/a/kind/unknown', ActionNames }
    expect(await refusal(iam.simulatePrincipalPolicy(bad))).toBe(
      'ValidationError: Invalid ARN:  Could not be parsed!',
    )
  },

  'simulations tell what keys policies ask for': async ({ iam, name, arn }) => {
    const UserName = name('user')
    await iam.createUser({ UserName })
    const PolicyDocument = document([
      {
        Effect: 'Allow',
        Action: 's3:*',
        Resource: ['arn:aws:s3:::b/${aws:username}/*', "arn:aws:s3:::${*}/${aws:userid, 'x'}"],
        Condition: {
          StringLike: { 'AWS:username': '${aws:PrincipalTag/team}' },
          Bool: { 'aws:SecureTransport': 'true' },
        },
      },
    ])
    await iam.putUserPolicy({ UserName, PolicyName: 'own', PolicyDocument })
    const keys = ['AWS:username', 'aws:SecureTransport', 'aws:PrincipalTag/team', 'aws:userid']
    const own = await iam.getContextKeysForPrincipalPolicy({
      PolicySourceArn: arn(`user/${UserName}`),
    })
    expect(own.ContextKeyNames).toEqual(keys)
    const custom = await iam.getContextKeysForCustomPolicy({ PolicyInputList: [PolicyDocument] })
    expect(custom.ContextKeyNames).toEqual(keys)
  },

  'simulations of long policies come in short pages, and of longer ones not at all': async ({
    iam,
  }) => {
    const ActionNames = Array.from({ length: 30 }, (_, i) => `s3:A${i}`)
    const statement = { Effect: 'Allow', Action: 's3:A1', Resource: '*' }
    const PolicyInputList = [document(Array.from({ length: 1000 }, () => statement))]
    const input = { PolicyInputList, ActionNames }
    const first = await iam.simulateCustomPolicy(input)
    expect([first.EvaluationResults?.length, first.IsTruncated]).toEqual([20, true])
    const second = await iam.simulateCustomPolicy({ ...input, Marker: first.Marker })
    expect([second.EvaluationResults?.length, second.IsTruncated]).toEqual([10, false])
    const long = { ActionNames, PolicyInputList: Array.from({ length: 3 }, () => ' '.repeat(1e5)) }
    expect(await refusal(iam.simulateCustomPolicy(long))).toBe(
      'InvalidInputException: The policies of a simulation have at most 262144 characters together.',
    )
  },
}
