/**
 * iamkit's own managed policies: those that people know from AWS, under AWS's names, and those for its own service.
 *
 * Errors  None.
 * Source  AWS Managed Policy Reference, for the first four.
 *
 * @module
 */
import type { PolicyDocument, StatementDocument } from '@iamkit/core'

/** A managed policy before it has got its id. */
export interface OwnPolicy {
  readonly arn: string
  readonly document: string
  readonly defaultVersion: string
  readonly createDate: string
  readonly updateDate: string
  readonly description: string
}

const SINCE = '2026-11-01T00:00:00.000Z'

export const OWN_POLICIES: readonly OwnPolicy[] = [
  policy('AdministratorAccess', 'Everything, in every service.', [
    { Effect: 'Allow', Action: '*', Resource: '*' },
  ]),
  policy('PowerUserAccess', 'Everything but users, roles, policies and the organization.', [
    { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' },
    {
      Effect: 'Allow',
      Action: ['iam:ListRoles', 'organizations:DescribeOrganization', 'account:ListRegions'],
      Resource: '*',
    },
  ]),
  policy('IAMFullAccess', 'Users, groups, roles and policies: everything about them.', [
    {
      Effect: 'Allow',
      Action: [
        'iam:*',
        'organizations:DescribeAccount',
        'organizations:DescribeOrganization',
        'organizations:DescribeOrganizationalUnit',
        'organizations:DescribePolicy',
        'organizations:ListChildren',
        'organizations:ListParents',
        'organizations:ListPolicies',
        'organizations:ListPoliciesForTarget',
        'organizations:ListRoots',
        'organizations:ListTargetsForPolicy',
      ],
      Resource: '*',
    },
  ]),
  policy('IAMReadOnlyAccess', 'Users, groups, roles and policies: to look at and to simulate.', [
    {
      Effect: 'Allow',
      Action: [
        'iam:GenerateCredentialReport',
        'iam:GenerateServiceLastAccessedDetails',
        'iam:Get*',
        'iam:List*',
        'iam:SimulateCustomPolicy',
        'iam:SimulatePrincipalPolicy',
      ],
      Resource: '*',
    },
  ]),
  policy('IamkitFullAccess', "Apps' services and resources: everything about them.", [
    { Effect: 'Allow', Action: 'iamkit:*', Resource: '*' },
  ]),
  policy(
    'IamkitAppAccess',
    'What an app needs to decide, and to keep tags and policies of its resources.',
    [
      {
        Effect: 'Allow',
        Action: [
          'iamkit:Authorize*',
          'iamkit:BatchAuthorize',
          'iamkit:DeleteResourcePolicy',
          'iamkit:Explain',
          'iamkit:Filter',
          'iamkit:Get*',
          'iamkit:List*',
          'iamkit:PutResourcePolicy',
          'iamkit:ReportActivity',
          'iamkit:TagResource',
          'iamkit:UntagResource',
          'iamkit:WatchChanges',
        ],
        Resource: '*',
      },
    ],
  ),
  policy('IamkitReadOnlyAccess', "Apps' services and resources: to look at.", [
    { Effect: 'Allow', Action: ['iamkit:Get*', 'iamkit:List*'], Resource: '*' },
  ]),
]

function policy(name: string, description: string, Statement: StatementDocument[]): OwnPolicy {
  const document: PolicyDocument = { Version: '2012-10-17', Statement }
  return {
    arn: `arn:aws:iam::aws:policy/${name}`,
    document: JSON.stringify(document),
    defaultVersion: 'v1',
    createDate: SINCE,
    updateDate: SINCE,
    description,
  }
}
