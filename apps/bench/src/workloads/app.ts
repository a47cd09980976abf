/**
 * W2: a typical app, five managed policies of eight statements each, with wildcards and two tag conditions.
 *
 * Errors  None.
 *
 * @module
 */
import type { PolicyDocument, StatementDocument } from '@iamkit/core'
import { ACCOUNT, CALLERS, callerContext } from './caller.js'
import type { Random } from './random.js'
import { type Draft, drawQuestions, type Scenario } from './scenario.js'

/** The app's services, and what lies in the folders of each. */
export const SERVICES = [
  ['docs', 'Document'],
  ['files', 'File'],
  ['mail', 'Message'],
  ['tasks', 'Task'],
  ['wiki', 'Page'],
] as const

export function app(): Scenario {
  const documents = { identity: SERVICES.map(([service, noun]) => managedPolicy(service, noun)) }
  return {
    id: 'W2',
    workload: 'W2',
    title: 'typical app: 5 policies, 40 statements, wildcards, 2 tag conditions',
    documents,
    actions: SERVICES.flatMap(([service, noun]) => actionsOf(service, noun)),
    questions: drawQuestions(documents, { seed: 2, count: 256, draft }),
  }
}

function actionsOf(service: string, noun: string): readonly string[] {
  const verbs = ['Get', 'List', 'Put', 'Create', 'Export', 'Delete', 'Share']
  return [
    ...verbs.map((verb) => `${service}:${verb}${noun}`),
    `${service}:SearchAll`,
    `${service}:TagResource`,
  ]
}

export function managedPolicy(service: string, noun: string): PolicyDocument {
  const arn = (resource: string) => `arn:aws:${service}::${ACCOUNT}:folder/${resource}`
  const allow = (Action: string | string[], Resource: string): StatementDocument => ({
    Effect: 'Allow',
    Action,
    Resource,
  })
  return {
    Version: '2012-10-17',
    Statement: [
      allow([`${service}:Get*`, `${service}:List*`], arn('shared/*')),
      allow([`${service}:Get${noun}`, `${service}:Put${noun}`], arn('team/*')),
      allow(`${service}:Create${noun}`, arn('team/*')),
      allow([`${service}:TagResource`, `${service}:UntagResource`], arn('team/*')),
      allow(`${service}:Search*`, '*'),
      { ...allow(`${service}:Export${noun}`, arn('*/report-*')), ...tagCondition(service) },
      allow(`${service}:Delete${noun}`, arn('team/*')),
      { Effect: 'Deny', Action: `${service}:Delete*`, Resource: arn('team/legal-*') },
    ],
  }
}

/** Two of the five services ask for a tag before anything is exported. */
function tagCondition(service: string): Pick<StatementDocument, 'Condition'> {
  if (service === 'docs')
    return { Condition: { StringEquals: { 'aws:ResourceTag/stage': 'final' } } }
  if (service === 'files')
    return { Condition: { StringEquals: { 'aws:ResourceTag/class': 'open' } } }
  return {}
}

const FOLDERS = ['shared', 'team', 'private']
const NAMES = ['report-2026', 'legal-terms', 'notes', 'plan']

function draft(random: Random): Draft {
  const caller = random.pick(CALLERS)
  const [service, noun] = random.pick(SERVICES)
  const folder = random.pick(FOLDERS)
  return {
    caller,
    action: random.pick(actionsOf(service, noun)),
    resource: `arn:aws:${service}::${ACCOUNT}:folder/${folder}/${random.pick(NAMES)}-${random.below(1000)}`,
    context: {
      ...callerContext(caller),
      'aws:ResourceTag/stage': random.pick(['draft', 'final']),
      'aws:ResourceTag/class': random.pick(['open', 'secret']),
    },
  }
}
