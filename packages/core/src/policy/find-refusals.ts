/**
 * What IAM's own API refuses when a policy is saved, which is not what its grammar says: it lets
 * some malformed values pass and insists on others that the grammar leaves open.
 *
 * Errors  None: {@link findRefusals} never throws.
 * Source  Answers of IAM's CreatePolicy as moto's test suite records them.
 *
 * @module
 */
import { cut } from '../errors.js'
import type { JsonNode } from '../json/node.js'
import { nodeAt } from '../json/pointer.js'
import type { PolicyType } from './document.js'
import type { Policy, Statement } from './policy.js'
import type { Problem } from './problem.js'
import { readPolicy } from './read-policy.js'

export interface RefusalOptions {
  /** Partitions that resources may lie in. Default: those of AWS. */
  readonly partitions?: readonly string[]
}

const PARTITIONS = [
  'aws',
  'aws-cn',
  'aws-us-gov',
  'aws-iso',
  'aws-iso-b',
  'aws-iso-e',
  'aws-iso-f',
  '*',
]

/** Finds why IAM would refuse to save a document; empty where it would accept it. */
export function findRefusals(
  source: unknown,
  type: PolicyType,
  options: RefusalOptions = {},
): readonly Problem[] {
  const { policy, problems, root } = readPolicy(source, { type })
  const refused = problems.filter(
    (problem) => problem.level === 'error' && !(root && isTolerated(problem, root)),
  )
  if (!policy) return refused
  return [...refused, ...refusalsOf(policy, options.partitions ?? PARTITIONS)]
}

/** Checks of ours that IAM does not make, or makes in its own way below. */
const TOLERATED: ReadonlySet<string> = new Set([
  'invalid-arn-account',
  'invalid-arn-prefix',
  'missing-arn-field',
  'invalid-partition',
  'invalid-arn-service',
  'invalid-condition-key-format',
  'missing-qualifier',
  'type-mismatch-date',
  'invalid-variable-for-operator',
  'unsupported-sid',
  'invalid-action-name',
])

function isTolerated({ code, pointer }: Problem, root: JsonNode): boolean {
  if (TOLERATED.has(code)) return true
  if (pointer === '/Id') return code === 'invalid-policy-element'
  const node = nodeAt(root, pointer)
  const isEmptyBlock = node?.kind === 'object' && node.members.length === 0
  if (code === 'invalid-condition-operator') return isEmptyBlock
  return code === 'data-type-mismatch' && node?.kind === 'null' && /Resource\/\d+$/.test(pointer)
}

function* refusalsOf(policy: Policy, partitions: readonly string[]): Iterable<Problem> {
  const refusal = (pointer: string, code: string, message: string): Problem => ({
    code,
    level: 'error',
    pointer,
    message,
  })
  if (policy.writtenVersion !== '2012-10-17') {
    yield refusal(
      '/Version',
      'invalid-version',
      'policy document must be version 2012-10-17 or greater',
    )
  }
  for (const statement of policy.statements) {
    for (const [element, message] of statementRefusals(statement, partitions)) {
      yield refusal(`/Statement/${statement.index}/${element}`, 'refused-by-iam', message)
    }
  }
}

function* statementRefusals(
  statement: Statement,
  partitions: readonly string[],
): Iterable<readonly [element: string, message: string]> {
  const { actions, notActions, resources, notResources } = statement
  if ((actions ?? notActions)?.length === 0)
    yield ['Action', 'policy statement must contain actions']
  if ((resources ?? notResources)?.length === 0)
    yield ['Resource', 'policy statement must contain resources']
  for (const resource of resources ?? notResources ?? []) {
    const problem = resourceRefusal(resource, partitions)
    if (problem) yield ['Resource', `resource \`${cut(resource)}\` ${problem}`]
  }
  for (const { operator, values } of statement.conditions) {
    const bad =
      operator.family === 'date' ? values.find((value) => !isTolerableDate(value)) : undefined
    if (bad !== undefined) yield ['Condition', `\`${cut(bad)}\` is no date`]
  }
}

function resourceRefusal(resource: string, partitions: readonly string[]): string | undefined {
  if (resource === '*') return undefined
  const [prefix, partition, service, region, account, ...rest] = resource.split(':')
  if (prefix !== 'arn' || partition === undefined) return 'must be in ARN format or "*"'
  if (!partitions.includes(partition)) return 'has a partition that is not valid'
  if (!service) return 'must name its service in full'
  if (rest.length === 0 && resource.includes('::')) return 'lacks a part'
  if (service === 's3' && region && region !== '*' && account === '')
    return 'can not contain region information'
  return undefined
}

const YEARS = { first: -292_275_054, last: 292_278_993 }

/** IAM reads a date loosely: years of any length, a time cut short, an offset in hours. */
function isTolerableDate(value: string): boolean {
  const [, year, month, day, time] =
    /^(-?\d+)(?:-(\d+))?(?:-(\d+))?(?:[Tt](.*))?$/s.exec(value) ?? []
  if (year === undefined) return false
  if (month === undefined && time === undefined && /^\d+$/.test(value))
    return Number(value) < 2 ** 63
  if (Number(year) < YEARS.first || Number(year) > YEARS.last) return false
  const isDay =
    Number(month ?? 1) >= 1 &&
    Number(month ?? 1) <= 12 &&
    Number(day ?? 1) >= 1 &&
    Number(day ?? 1) <= 31
  return isDay && (!time || /^\d{1,2}(:\d\d(:\d\d(\.\d+)?)?)?(Z|[+-]\d\d(:?\d\d)?)?$/.test(time))
}
