/**
 * W6: very many principals, each with a policy of its own and two managed policies that it shares with
 * others.
 *
 * Errors  None.
 *
 * @module
 */
import type { PolicyDocument } from '@iamkit/core'
import { managedPolicy } from './app.js'
import { ACCOUNT, CALLERS, type Caller, callerContext } from './caller.js'
import type { Question, Scenario } from './scenario.js'

/** Managed policies that principals share. */
export const SHARED: readonly PolicyDocument[] = Array.from({ length: 20 }, (_, i) =>
  managedPolicy(`service${i}`, 'Item'),
)

/** The places in {@link SHARED} of a principal's two managed policies. */
export function sharedBy(i: number): readonly [number, number] {
  return [i % SHARED.length, (i * 7 + 3) % SHARED.length]
}

export function ownPolicy(i: number): PolicyDocument {
  const arn = (path: string) => `arn:aws:docs::${ACCOUNT}:home/user-${i}/${path}`
  return {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: ['docs:GetDocument', 'docs:PutDocument'], Resource: arn('*') },
      { Effect: 'Allow', Action: 'docs:ShareDocument', Resource: arn('public/*') },
      { Effect: 'Deny', Action: 'docs:PutDocument', Resource: arn('archive/*') },
    ],
  }
}

/** One allowed question about its own policy, one refused, and one allowed by a shared policy. */
export function principalQuestions(i: number): readonly Question[] {
  const caller = CALLERS[i % CALLERS.length] as Caller
  const context = callerContext(caller)
  const home = `arn:aws:docs::${ACCOUNT}:home/user-${i}`
  const service = `service${sharedBy(i)[0]}`
  const shared = `arn:aws:${service}::${ACCOUNT}:folder/shared/plan`
  const ask = (action: string, resource: string, isAllowed: boolean): Question => {
    return { caller, action, resource, context, isAllowed }
  }
  return [
    ask('docs:GetDocument', `${home}/notes`, true),
    ask('docs:PutDocument', `${home}/archive/2025`, false),
    ask(`${service}:GetItem`, shared, true),
  ]
}

/** One principal, for engines that know nothing of sharing. */
export function principal(i: number): Scenario {
  const shared = sharedBy(i).map((place) => SHARED[place] as PolicyDocument)
  const services = sharedBy(i).map((place) => `service${place}`)
  const verbs = ['Get', 'List', 'Put', 'Create', 'Export', 'Delete', 'Share']
  return {
    id: `W6-${i}`,
    workload: 'W6',
    title: `principal ${i}`,
    documents: { identity: [ownPolicy(i), ...shared] },
    actions: [
      ...['docs:GetDocument', 'docs:PutDocument', 'docs:ShareDocument'],
      ...services.flatMap((service) => verbs.map((verb) => `${service}:${verb}Item`)),
    ],
    questions: principalQuestions(i),
  }
}
