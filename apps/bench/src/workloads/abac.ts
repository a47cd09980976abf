/**
 * W3: attributes decide. Tags of the resource and of the request against tags of the caller, and a
 * variable inside an ARN.
 *
 * Errors  None.
 *
 * @module
 */
import type { PolicyDocument } from '@iamkit/core'
import { ACCOUNT, CALLERS, callerContext, TEAMS } from './caller.js'
import type { Random } from './random.js'
import { type Draft, drawQuestions, type Scenario } from './scenario.js'

const arn = (resource: string) => `arn:aws:docs::${ACCOUNT}:${resource}`
const ACTIONS = [
  'docs:GetDocument',
  'docs:UpdateDocument',
  'docs:CreateDocument',
  'docs:PutHomeFile',
  'docs:GetHomeFile',
]

const policy: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'OwnTeam',
      Effect: 'Allow',
      Action: ['docs:GetDocument', 'docs:UpdateDocument'],
      Resource: arn('document/*'),
      Condition: { StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } },
    },
    {
      Sid: 'NewOnesForOwnTeam',
      Effect: 'Allow',
      Action: 'docs:CreateDocument',
      Resource: arn('document/*'),
      Condition: {
        StringEquals: { 'aws:RequestTag/team': '${aws:PrincipalTag/team}' },
        'ForAllValues:StringEquals': { 'aws:TagKeys': ['team', 'stage'] },
      },
    },
    {
      Sid: 'OwnHome',
      Effect: 'Allow',
      Action: 'docs:*HomeFile',
      Resource: arn('home/${aws:PrincipalTag/user}/*'),
    },
  ],
}

export function abac(): Scenario {
  const documents = { identity: [policy] }
  return {
    id: 'W3',
    workload: 'W3',
    title: 'ABAC: tags of resource and request against tags of the caller, a variable in an ARN',
    documents,
    actions: ACTIONS,
    questions: drawQuestions(documents, { seed: 3, count: 256, draft }),
  }
}

function draft(random: Random): Draft {
  const caller = random.pick(CALLERS)
  const action = random.pick(ACTIONS)
  const context = callerContext(caller)
  const team = random.below(2) === 0 ? caller.team : random.pick(TEAMS)
  const name = `${random.pick(['notes', 'plan'])}-${random.below(1000)}`
  if (action.endsWith('HomeFile')) {
    const owner = random.below(2) === 0 ? caller : random.pick(CALLERS)
    return { caller, action, resource: arn(`home/${owner.name}/${name}`), context }
  }
  if (action === 'docs:CreateDocument') {
    const keys = random.pick([['team'], ['team', 'stage'], ['team', 'owner']])
    const tags = { 'aws:RequestTag/team': team, 'aws:TagKeys': keys }
    return { caller, action, resource: arn(`document/${name}`), context: { ...context, ...tags } }
  }
  const tags = { 'aws:ResourceTag/team': team }
  return { caller, action, resource: arn(`document/${name}`), context: { ...context, ...tags } }
}
