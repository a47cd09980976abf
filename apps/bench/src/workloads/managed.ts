/**
 * W7: policies that AWS itself manages and people attach every day.
 *
 * Errors  an `Error` where the corpus lacks a policy.
 *
 * @module
 */
import type { PolicyDocument } from '@iamkit/core'
import { ACCOUNT, CALLERS, callerContext } from './caller.js'
import type { Random } from './random.js'
import { type Draft, drawQuestions, isAllowedByReference, type Scenario } from './scenario.js'

/** Every managed policy by name, in its latest version. */
export type Corpus = ReadonlyMap<string, PolicyDocument>

/** As many as a role may have. */
const DEVELOPER = [
  'AmazonS3ReadOnlyAccess',
  'AmazonDynamoDBFullAccess_v2',
  'AmazonSQSFullAccess',
  'AmazonSNSReadOnlyAccess',
  'AmazonEC2ReadOnlyAccess',
  'AmazonKinesisFullAccess',
  'AmazonRoute53ReadOnlyAccess',
  'AWSCloudFormationReadOnlyAccess',
  'AWSXrayWriteOnlyAccess',
  'CloudWatchLogsFullAccess',
]

export function readOnly(corpus: Corpus): Scenario {
  return managed(corpus, {
    id: 'W7-read-only',
    title: 'managed by AWS: ReadOnlyAccess',
    names: ['ReadOnlyAccess'],
  })
}

export function developer(corpus: Corpus): Scenario {
  return managed(corpus, {
    id: 'W7-developer',
    title: 'managed by AWS: 10 policies of a developer',
    names: DEVELOPER,
  })
}

interface Choice {
  readonly id: string
  readonly title: string
  readonly names: readonly string[]
}

function managed(corpus: Corpus, { id, title, names }: Choice): Scenario {
  const identity = names.map((name) => policyOf(corpus, name))
  const actions = literalActions([...corpus.values()].flatMap(actionsOf))
  const services = new Set(identity.flatMap(actionsOf).map(serviceOf))
  const near = actions.filter((action) => services.has(serviceOf(action)))
  const questions = drawQuestions(
    { identity },
    {
      seed: 7,
      count: 256,
      draft: (random) => draftAbout(random, near),
      isAllowed: (draft) =>
        isAllowedByReference({ identity: narrowed(identity, draft.action) }, draft),
    },
  )
  return { id, workload: 'W7', title, documents: { identity }, actions, questions }
}

function policyOf(corpus: Corpus, name: string): PolicyDocument {
  const policy = corpus.get(name)
  if (!policy) throw new Error(`no managed policy \`${name}\``)
  return policy
}

const serviceOf = (action: string) => action.slice(0, action.indexOf(':'))

/** Each action that stands somewhere without a wildcard, spelled as AWS does: some policies are careless. */
function literalActions(patterns: readonly string[]): readonly string[] {
  const literals = patterns.filter((action) => /^[a-z\d-]+:\w+$/.test(action))
  const spelled = literals.map((action) => action.replace(/:./, (verb) => verb.toUpperCase()))
  return [...new Map(spelled.map((action) => [action.toLowerCase(), action])).values()]
}

function actionsOf({ Statement }: PolicyDocument): readonly string[] {
  return [Statement].flat().flatMap((statement) => [statement.Action ?? []].flat())
}

/** The policies without action patterns that have another beginning: the reference asks each of thousands. */
function narrowed(policies: readonly PolicyDocument[], action: string): readonly PolicyDocument[] {
  const begin = action.slice(0, action.indexOf(':') + 2).toLowerCase()
  const mayMatch = (pattern: string) =>
    pattern.startsWith('*') || pattern.toLowerCase().startsWith(begin) || pattern.endsWith(':*')
  return policies.map((policy) => ({
    ...policy,
    Statement: [policy.Statement].flat().flatMap((statement) => {
      if (statement.Action === undefined) return [statement]
      const Action = [statement.Action].flat().filter(mayMatch)
      return Action.length > 0 ? [{ ...statement, Action }] : []
    }),
  }))
}

function draftAbout(random: Random, actions: readonly string[]): Draft {
  const caller = random.pick(CALLERS)
  const action = random.pick(actions)
  const service = serviceOf(action)
  return {
    caller,
    action,
    resource: `arn:aws:${service}:eu-west-1:${ACCOUNT}:thing/${random.below(1000)}`,
    context: callerContext(caller),
  }
}
