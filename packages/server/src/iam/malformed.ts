/**
 * Why IAM refuses a policy document, in AWS's words.
 *
 * Shape   AWS's sentence; where that is a general one, what is wrong stands behind it in brackets.
 * Errors  None.
 * Source  Answers of IAM's CreatePolicy, PutRolePolicy and CreateRole as moto's and LocalStack's tests record them.
 *
 * @module
 */
import type { PolicyType, Problem } from '@iamkit/core'

/** What is said of a problem; undefined where another of the document's problems is said first. */
type Wording = (problem: Problem, type: PolicyType) => string | undefined

/** Says the problem of a document that IAM says: it looks for some before others, wherever they stand. */
export function malformedWords(problems: readonly Problem[], type: PolicyType): string {
  for (const wording of WORDINGS) {
    for (const problem of problems) {
      const words = wording(problem, type)
      if (words !== undefined) return words
    }
  }
  const [first] = problems
  return first ? `${SYNTAX} (${first.pointer}${first.pointer && ': '}${first.message})` : SYNTAX
}

const SYNTAX = 'Syntax errors in policy.'

const VENDOR = 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.'
const FEDERATED = 'Federated principals must be valid domain names or SAML metadata ARNs'
const LEGACY = 'The policy failed legacy parsing'

/** AWS's words for codes that need none of the document's. */
const BY_CODE: Readonly<Record<string, string>> = {
  'unsupported-principal': 'Policy document should not specify a principal.',
  'missing-principal': 'Missing required field Principal',
  'unsupported-action-in-policy': 'AssumeRole policy may only specify STS AssumeRole actions.',
  'unique-sids-required': 'Statement IDs (SID) in a single policy must be unique.',
}

const PRINCIPAL_VALUE = /\/(?:Not)?Principal\/(AWS|Service|Federated)(?:\/\d+)?$/

const WORDINGS: readonly Wording[] = [
  ({ code }, type) =>
    code === 'json-syntax-error' && type === 'trust'
      ? 'This policy contains invalid Json'
      : undefined,
  ({ code, pointer }) =>
    code === 'data-type-mismatch' || code === 'json-syntax-error' || pointer === '/Id'
      ? SYNTAX
      : undefined,
  ({ code, message }) =>
    code === 'invalid-version' && message.includes(' or ') ? SYNTAX : undefined,
  ({ code, message }) =>
    code === 'invalid-version' && message === 'invalid version; expected `2012-10-17`'
      ? 'Policy document must be version 2012-10-17 or greater.'
      : undefined,
  ({ code }) =>
    code === 'role-trust-policy-syntax-error-resource'
      ? 'Has prohibited field Resource'
      : undefined,
  ({ code, pointer }) => (PRINCIPAL_VALUE.test(pointer) ? undefined : BY_CODE[code]),
  ({ code, message }) => (code === 'invalid-action' ? actionWords(message) : undefined),
  ({ code, message }) =>
    code === 'invalid-service-in-action'
      ? `Vendor ${quoted(message).split(':')[0]} is not valid`
      : undefined,
  ({ code, pointer, message }) => {
    const [, kind] = PRINCIPAL_VALUE.exec(pointer) ?? []
    if (kind === undefined || !code.includes('principal')) return undefined
    if (kind === 'Federated') return FEDERATED
    return `Invalid principal in policy: "${kind.toUpperCase()}":"${quoted(message)}"`
  },
  (problem) => (problem.code === 'refused-by-iam' ? refusalWords(problem) : undefined),
  ({ code }) =>
    code === 'missing-resource' ? 'Policy statement must contain resources.' : undefined,
]

function actionWords(message: string): string {
  return message.endsWith('expected one colon')
    ? 'Actions/Condition can contain only one colon.'
    : VENDOR
}

function refusalWords({ message }: Problem): string {
  const value = quoted(message)
  if (message.endsWith('it lacks actions')) return 'Policy statement must contain actions.'
  if (message.endsWith('it lacks resources')) return 'Policy statement must contain resources.'
  if (message.endsWith('it is neither an ARN nor `*`')) return strangerWords(value)
  if (message.endsWith('it has no valid partition')) return partitionWords(value)
  if (message.endsWith('S3 takes no region'))
    return `Resource ${value} can not contain region information.`
  if (message.endsWith('it lacks its service') && !value.includes('::'))
    return 'Resource vendor must be fully qualified and cannot contain regexes.'
  return LEGACY
}

/** IAM takes whatever stands before the first colon for `arn`, and the next part for a partition. */
function strangerWords(value: string): string {
  const [, ...rest] = value.split(':')
  if (rest.length === 0) return `Resource ${value} must be in ARN format or "*".`
  const missing = Array.from({ length: Math.max(0, 5 - rest.length) }, () => '*')
  return partitionWords(['arn', ...rest, ...missing].join(':'))
}

function partitionWords(arn: string): string {
  return `Partition "${arn.split(':')[1]}" is not valid for resource "${arn}".`
}

/** The value that a problem shows between its first backtick and the one before its remedy. */
function quoted(message: string): string {
  const end = message.indexOf('`; ')
  return message.slice(message.indexOf('`') + 1, end < 0 ? message.lastIndexOf('`') : end)
}
