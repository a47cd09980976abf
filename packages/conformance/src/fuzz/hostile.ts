/**
 * Hostile input: documents and requests that somebody broke on purpose.
 *
 * Shape   text of real documents, mutated. `parsePolicy` may refuse with its own error and nothing
 *         else; what it takes must be decided and explained without an exception, and so must
 *         requests with impossible values.
 * Units   milliseconds.
 * Errors  None: what goes wrong is returned.
 *
 * @module
 */
import {
  type AuthorizationRequest,
  compile,
  evaluate,
  explain,
  type PolicySet,
  parsePolicy,
} from '@iamkit/core'
import { type Choices, chance, pick, several, weighted } from '../arbitrary/choices.js'
import { scenario } from '../arbitrary/scenario.js'
import { statementsOf } from '../reference/document.js'
import type { DocumentSet } from '../reference/document-set.js'

export interface HostileOutcome {
  /** Whether the text was still taken as a policy. */
  readonly isParsed: boolean
  readonly milliseconds: number
  /** What should not have happened; absent where all went well. */
  readonly fault?: string
}

const FRAGMENTS = [
  '{',
  '}',
  '[',
  ']',
  '"',
  '\\',
  '\\u0000',
  '\\ud83d',
  '\u0000',
  ',',
  ':',
  'null',
  'true',
  '-0',
  '1e999',
  '${',
  "${a, '",
  '"__proto__":{},',
  '"constructor":"x",',
  '"Effect":"Allow",',
  '"Statement":[],',
  '"Action":"*",',
  '"*"',
  '*'.repeat(200),
  '['.repeat(2000),
  '{"a":'.repeat(500),
  '"aws:username":"x","AWS:USERNAME":"y",',
  'ForAllValues:',
  'IfExists',
  '\ufeff',
]

const VALUES: readonly unknown[] = [
  null,
  '',
  '*',
  '${aws:username}',
  ':'.repeat(50),
  0,
  Number.NaN,
  true,
  [],
  {},
  { toString: null },
  Object.create(null),
  Symbol('odd'),
  () => 'odd',
  new Date(Number.NaN),
]

/** Breaks one document and one request, and sees what core makes of them. */
export function attack(choices: Choices): HostileOutcome {
  const { policies, requests } = scenario(choices)
  const text = mutated(choices, JSON.stringify(someDocument(policies)))
  const lenient = chance(choices, 50)
  const start = performance.now()
  let isParsed = false
  try {
    const policy = compile(parsePolicy(text, { type: 'resource', lenient }))
    isParsed = true
    const set: PolicySet = { identity: [policy], resource: policy, scps: [[policy]] }
    const [request] = requests
    if (request) decide(set, request)
    decide(set, broken(choices, { ...request }) as unknown as AuthorizationRequest)
  } catch (error) {
    const isOwn = !isParsed && error instanceof Error && error.name === 'PolicyParseError'
    if (!isOwn) {
      const fault = `${String(error)} on ${text}`
      return { isParsed, milliseconds: performance.now() - start, fault }
    }
  }
  return { isParsed, milliseconds: performance.now() - start }
}

/** Neither throws, and the two agree, whatever the request. */
function decide(set: PolicySet, request: AuthorizationRequest): void {
  const decision = evaluate(set, request)
  const explained = explain(set, request).decision
  if (decision.answer === explained.answer) return
  throw new Error(`evaluate says ${decision.answer}, explain ${explained.answer}`)
}

function someDocument(policies: DocumentSet): unknown {
  const { resource, identity, boundary } = policies
  const document = resource ?? boundary ?? identity?.[0]
  return document ? { ...document, Statement: statementsOf(document) } : { Statement: [] }
}

function mutated(choices: Choices, text: string): string {
  return several(choices, [0, 4], () => choices.below(text.length)).reduce((before, at) => {
    const to = at + choices.below(12)
    return pick(choices, [
      () => before.slice(0, at) + before.slice(to),
      () => before.slice(0, at) + pick(choices, FRAGMENTS) + before.slice(at),
      () => before.slice(0, at) + pick(choices, FRAGMENTS) + before.slice(to),
      () => before.slice(0, to) + before.slice(at),
      () => before.slice(0, at),
    ])()
  }, text)
}

/** The request with odd values in some of its fields, and some odd keys in its context. */
function broken(choices: Choices, request: Record<string, unknown>): Record<string, unknown> {
  const result = { ...request }
  for (const field of ['principal', 'action', 'resource', 'resourceAccount', 'context']) {
    result[field] = weighted(choices, [
      [3, () => result[field]],
      [1, () => pick(choices, VALUES)],
      [1, () => withOddMember(choices, result[field])],
    ])
  }
  return result
}

function withOddMember(choices: Choices, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  const key = pick(choices, [...Object.keys(value), 'aws:username', 'AWS:USERNAME', '__proto__'])
  return { ...value, [key]: pick(choices, VALUES) }
}
