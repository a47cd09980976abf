/**
 * What IAM's own API refuses when a policy is saved, which is not what its grammar says: it lets
 * some malformed values pass and insists on others that the grammar leaves open.
 *
 * Errors  None: {@link findRefusals} never throws.
 * Source  Answers of IAM's CreatePolicy as moto's test suite records them.
 *
 * @module
 */
import type { JsonNode } from '../json/node.js'
import { nodeAt, stepsOf } from '../json/pointer.js'
import type { PolicyType } from './document.js'
import { type Finding, problemsOf } from './finding.js'
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
  { partitions = PARTITIONS }: RefusalOptions = {},
): readonly Problem[] {
  const reading = readPolicy(source, { type })
  const { policy, problems, root } = reading
  const refused = problems.filter(
    (problem) => problem.level === 'error' && !(root && isTolerated(problem, root)),
  )
  return policy ? [...refused, ...problemsOf(refusalsOf(policy, partitions), reading)] : refused
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
  const node = nodeAt(root, stepsOf(pointer))
  if (code === 'invalid-condition-operator')
    return node.kind === 'object' && node.members.length === 0
  return code === 'data-type-mismatch' && node.kind === 'null' && /Resource\/\d+$/.test(pointer)
}

function* refusalsOf(policy: Policy, partitions: readonly string[]): Iterable<Finding> {
  const level = 'error'
  if (policy.writtenVersion !== '2012-10-17')
    yield { path: ['Version'], level, code: 'invalid-version', remedy: 'expected `2012-10-17`' }
  for (const statement of policy.statements) {
    for (const finding of statementRefusals(statement, partitions)) {
      const path = ['Statement', statement.index, ...finding.path]
      yield { level, code: 'refused-by-iam', ...finding, path }
    }
  }
}

type Refusal = Omit<Finding, 'level' | 'code'>

function* statementRefusals(
  { actions, notActions, resources, notResources, conditions }: Statement,
  partitions: readonly string[],
): Iterable<Refusal> {
  if ((actions ?? notActions)?.length === 0) yield { path: ['Action'], remedy: 'it lacks actions' }
  if ((resources ?? notResources)?.length === 0)
    yield { path: ['Resource'], remedy: 'it lacks resources' }
  for (const value of resources ?? notResources ?? []) {
    const remedy = resourceRefusal(value, partitions)
    if (remedy) yield { path: [resources ? 'Resource' : 'NotResource'], value, remedy }
  }
  for (const { operator, key, values } of conditions) {
    const value = values.find((one) => operator.family === 'date' && !isTolerableDate(one))
    if (value !== undefined)
      yield { path: ['Condition', operator.name, key], value, remedy: 'it is no date' }
  }
}

function resourceRefusal(resource: string, partitions: readonly string[]): string | undefined {
  if (resource === '*') return undefined
  const [prefix, partition, service, region, account, ...rest] = resource.split(':')
  if (prefix !== 'arn' || partition === undefined) return 'it is neither an ARN nor `*`'
  if (!partitions.includes(partition)) return 'it has no valid partition'
  if (!service) return 'it lacks its service'
  if (rest.length === 0 && resource.includes('::')) return 'it lacks a part'
  if (service === 's3' && region && region !== '*' && account === '') return 'S3 takes no region'
  return undefined
}

const MONTH_AND_DAY = '-0*(?:[1-9]|1[0-2])(?:-0*(?:[1-9]|[12]\\d|3[01]))?'
const TIME = '\\d{1,2}(?::\\d\\d(?::\\d\\d(?:\\.\\d+)?)?)?(?:Z|[+-]\\d\\d(?::?\\d\\d)?)?'
const DATE = new RegExp(`^(-?\\d+)((?:${MONTH_AND_DAY})?(?:[Tt](?:${TIME})?)?)$`)

/** IAM reads a date loosely: years of any length, a time cut short, an offset in hours. */
function isTolerableDate(value: string): boolean {
  const [, year = '', rest] = DATE.exec(value) ?? []
  if (rest === '' && !year.startsWith('-')) return Number(year) < 2 ** 63
  return rest !== undefined && Number(year) >= -292_275_054 && Number(year) <= 292_278_993
}
