/**
 * W5: the same app for ever more tenants, 10 to 100,000 statements in policies of twenty.
 *
 * Shape   statement `i` speaks of tenant `t<i>` alone; every tenth denies deletions of what the tenant
 *         nine before may delete. Of every other tenant it is therefore known what is allowed.
 * Errors  None.
 *
 * @module
 */
import type { PolicyDocument, StatementDocument } from '@iamkit/core'
import { ACCOUNT, CALLERS, callerContext } from './caller.js'
import type { Random } from './random.js'
import { type Draft, drawQuestions, type Scenario } from './scenario.js'

export const SIZES = [10, 100, 1000, 10_000, 100_000] as const

const NOUNS = ['Document', 'Folder', 'Comment', 'Label', 'Share']
const VERBS = ['Get', 'List', 'Put', 'Delete']
export const LARGE_ACTIONS = NOUNS.flatMap((noun) => VERBS.map((verb) => `docs:${verb}${noun}`))
const STATEMENTS_PER_POLICY = 20

export function large(size: number): Scenario {
  const documents = { identity: policies(size) }
  return {
    id: `W5-${size}`,
    workload: 'W5',
    title: `large: ${size.toLocaleString('en')} statements`,
    documents,
    actions: LARGE_ACTIONS,
    questions: drawQuestions(documents, {
      seed: 5,
      count: 1024,
      draft: (random) => draft(random, size),
      isAllowed: isAllowedByDesign,
    }),
  }
}

function policies(size: number): readonly PolicyDocument[] {
  const statements = Array.from({ length: size }, (_, i) => statement(i))
  return Array.from({ length: Math.ceil(size / STATEMENTS_PER_POLICY) }, (_, i) => ({
    Version: '2012-10-17' as const,
    Statement: statements.slice(i * STATEMENTS_PER_POLICY, (i + 1) * STATEMENTS_PER_POLICY),
  }))
}

const arn = (tenant: number, path: string) => `arn:aws:docs::${ACCOUNT}:tenant/t${tenant}/${path}`
const nounOf = (tenant: number) => NOUNS[tenant % NOUNS.length] as string

function statement(i: number): StatementDocument {
  const noun = nounOf(i)
  switch (i % 10) {
    case 0:
    case 5:
      return {
        Effect: 'Allow',
        Action: [`docs:Get${noun}`, `docs:Delete${noun}`],
        Resource: arn(i, '*'),
      }
    case 3:
    case 6:
      return { Effect: 'Allow', Action: 'docs:Get*', Resource: arn(i, 'public/*') }
    case 8:
      return { Effect: 'Allow', Action: `docs:Put${noun}`, Resource: arn(i, 'settings') }
    case 9:
      return { Effect: 'Deny', Action: 'docs:Delete*', Resource: arn(i - 9, 'legal/*') }
    default:
      return {
        Effect: 'Allow',
        Action: [`docs:Get${noun}`, `docs:Put${noun}`],
        Resource: arn(i, '*'),
      }
  }
}

const PATHS = ['public/a', 'legal/b', 'settings', 'notes/c']

function draft(random: Random, size: number): Draft {
  const caller = random.pick(CALLERS)
  const tenant = random.below(size)
  const own = VERBS.map((verb) => `docs:${verb}${nounOf(tenant)}`)
  return {
    caller,
    action: random.pick(random.below(4) === 0 ? LARGE_ACTIONS : own),
    resource: arn(tenant, random.pick(PATHS)),
    context: callerContext(caller),
  }
}

function isAllowedByDesign({ action, resource }: Draft): boolean {
  const [, tenant = '', path = ''] = /^[^/]+\/t(\d+)\/(.*)$/.exec(resource) ?? []
  const i = Number(tenant)
  const is = (verb: string) => action === `docs:${verb}${nounOf(i)}`
  switch (i % 10) {
    case 0:
      return is('Get') || (is('Delete') && !path.startsWith('legal/'))
    case 5:
      return is('Get') || is('Delete')
    case 3:
    case 6:
      return action.startsWith('docs:Get') && path.startsWith('public/')
    case 8:
      return is('Put') && path === 'settings'
    case 9:
      return false
    default:
      return is('Get') || is('Put')
  }
}
