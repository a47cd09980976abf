/**
 * W4: an organization. Identity policies, a boundary, three levels of service control policies, the
 * resource's own policy and a session policy speak at once.
 *
 * Shape   no identity policy denies, so that an engine with one list of rules can stand in for each
 *         layer and the layers be put together by hand.
 * Errors  None.
 *
 * @module
 */
import type { DocumentSet } from '@iamkit/conformance'
import type { PolicyDocument, StatementDocument } from '@iamkit/core'
import { ACCOUNT, CALLERS, callerContext, ROLE_ARN } from './caller.js'
import type { Random } from './random.js'
import { type Draft, drawQuestions, type Scenario } from './scenario.js'

const arn = (resource: string) => `arn:aws:docs::${ACCOUNT}:${resource}`
const policy = (...Statement: StatementDocument[]): PolicyDocument => ({
  Version: '2012-10-17',
  Statement,
})
const allow = (Action: string | string[], Resource: string): StatementDocument => ({
  Effect: 'Allow',
  Action,
  Resource,
})

const FULL_ACCESS = policy(allow('*', '*'))
const HOME_REGION = policy(allow('*', '*'), {
  Effect: 'Deny',
  Action: '*',
  Resource: '*',
  Condition: { StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1', 'eu-central-1'] } },
})
const NO_ADMIN = policy(allow(['docs:*', 'mail:*'], '*'), {
  Effect: 'Deny',
  Action: ['docs:PurgeArchive', 'docs:Admin*'],
  Resource: '*',
})

const documents: Required<
  Pick<DocumentSet, 'identity' | 'boundary' | 'scps' | 'resource' | 'session'>
> = {
  identity: [
    policy(
      allow(['docs:Get*', 'docs:List*'], arn('folder/*')),
      allow('docs:UpdateDocument', arn('folder/team/*')),
      allow('docs:DeleteDocument', arn('folder/team/*')),
    ),
    policy(allow('docs:Admin*', '*'), allow('mail:Send*', '*')),
  ],
  boundary: policy(allow('docs:*', arn('folder/*')), {
    Effect: 'Deny',
    Action: 'docs:DeleteDocument',
    Resource: arn('folder/team/legal-*'),
  }),
  session: [
    policy(
      allow(['docs:Get*', 'docs:Update*', 'docs:Delete*', 'docs:Share*'], arn('folder/team/*')),
    ),
  ],
  scps: [[FULL_ACCESS], [HOME_REGION], [NO_ADMIN]],
  resource: policy(
    { ...allow('docs:ShareDocument', arn('folder/team/*')), Principal: { AWS: ROLE_ARN } },
    {
      Effect: 'Deny',
      Principal: '*',
      Action: 'docs:*',
      Resource: arn('folder/*'),
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  ),
}

const ACTIONS = [
  'docs:GetDocument',
  'docs:ListDocuments',
  'docs:UpdateDocument',
  'docs:DeleteDocument',
  'docs:ShareDocument',
  'docs:AdminReset',
  'docs:PurgeArchive',
]

export function organization(): Scenario {
  return {
    id: 'W4',
    workload: 'W4',
    title: 'organization: identity, boundary, 3 SCP levels, resource and session policies',
    documents,
    actions: ACTIONS,
    questions: drawQuestions(documents, { seed: 4, count: 256, draft }),
  }
}

function draft(random: Random): Draft {
  const caller = random.pick(CALLERS)
  const folder = random.pick(['team', 'team', 'team', 'shared'])
  const name = random.pick(['legal-terms', 'notes', 'plan'])
  return {
    caller,
    action: random.pick(ACTIONS),
    resource: arn(`folder/${folder}/${name}-${random.below(1000)}`),
    context: {
      ...callerContext(caller),
      'aws:RequestedRegion': random.pick(['eu-west-1', 'eu-west-1', 'eu-central-1', 'us-east-1']),
      'aws:SecureTransport': random.pick(['true', 'true', 'true', 'false']),
    },
  }
}
