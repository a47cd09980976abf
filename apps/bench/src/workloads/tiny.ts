/**
 * W1: one policy of three statements, each with exact actions and an exact ARN.
 *
 * Errors  None.
 *
 * @module
 */
import type { PolicyDocument } from '@iamkit/core'
import { ACCOUNT, CALLERS, callerContext } from './caller.js'
import { drawQuestions, type Scenario } from './scenario.js'

export const HANDBOOK = `arn:aws:docs::${ACCOUNT}:document/handbook`
export const ROADMAP = `arn:aws:docs::${ACCOUNT}:document/roadmap`

const policy: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [
    { Sid: 'Read', Effect: 'Allow', Action: 'docs:GetDocument', Resource: HANDBOOK },
    { Sid: 'Write', Effect: 'Allow', Action: 'docs:UpdateDocument', Resource: ROADMAP },
    { Sid: 'Publish', Effect: 'Allow', Action: 'docs:PublishDocument', Resource: HANDBOOK },
  ],
}

const ACTIONS = [
  'docs:GetDocument',
  'docs:UpdateDocument',
  'docs:PublishDocument',
  'docs:DeleteDocument',
]
const RESOURCES = [HANDBOOK, ROADMAP, `arn:aws:docs::${ACCOUNT}:document/salaries`]

export function tiny(): Scenario {
  const documents = { identity: [policy] }
  return {
    id: 'W1',
    workload: 'W1',
    title: 'tiny: 3 statements, exact actions and ARNs',
    documents,
    actions: ACTIONS,
    questions: drawQuestions(documents, {
      seed: 1,
      count: 256,
      draft(random) {
        const caller = random.pick(CALLERS)
        return {
          caller,
          action: random.pick(ACTIONS),
          resource: random.pick(RESOURCES),
          context: callerContext(caller),
        }
      },
    }),
  }
}
