/**
 * The floor: what a programmer would write by hand for one scenario and nothing else. A look-up by action,
 * then one test of the ARN; no general engine in this language can be much faster.
 *
 * Errors  {@link NotExpressibleError} (`ERR_NOT_EXPRESSIBLE`) for a scenario that nobody wrote by hand.
 * Source  `docs/concepts/performance.md`.
 *
 * @module
 */

import { SERVICES } from '../workloads/app.js'
import { ACCOUNT } from '../workloads/caller.js'
import type { Question, Scenario } from '../workloads/scenario.js'
import { HANDBOOK, ROADMAP } from '../workloads/tiny.js'
import { type Decider, type Engine, NotExpressibleError } from './engine.js'

type Attributes = Readonly<Record<string, string | readonly string[]>>

interface FloorRequest {
  readonly action: string
  readonly resource: string
  readonly attributes: Attributes
}

type Test = (request: FloorRequest) => boolean

export const floor: Engine = {
  name: 'floor (by hand)',
  kind: 'floor',
  speaksIam: false,
  only: ['W1', 'W2', 'W3', 'W7-read-only'],
  prepare(scenario) {
    const write = BY_HAND.get(scenario.id)
    if (!write) throw new NotExpressibleError('not written by hand')
    return (): Decider<FloorRequest> => ({ requestFor, decide: write(scenario) })
  },
}

function requestFor({ action, resource, context }: Question): FloorRequest {
  return { action, resource, attributes: { ...context } }
}

const BY_HAND: ReadonlyMap<string, (scenario: Scenario) => Test> = new Map([
  ['W1', tiny],
  ['W2', app],
  ['W3', abac],
  ['W7-read-only', readOnly],
])

function tiny(): Test {
  const arns = new Map([
    ['docs:GetDocument', HANDBOOK],
    ['docs:UpdateDocument', ROADMAP],
    ['docs:PublishDocument', HANDBOOK],
  ])
  return ({ action, resource }) => arns.get(action) === resource
}

interface Rule {
  readonly allows: RegExp
  readonly denies?: RegExp
  readonly tag?: readonly [key: string, value: string]
}

function app(): Test {
  const rules = new Map<string, Rule>(SERVICES.flatMap(([service, noun]) => rulesOf(service, noun)))
  return ({ action, resource, attributes }) => {
    const rule = rules.get(action)
    if (rule === undefined || !rule.allows.test(resource)) return false
    if (rule.denies?.test(resource)) return false
    return rule.tag === undefined || attributes[rule.tag[0]] === rule.tag[1]
  }
}

const TAGS: ReadonlyMap<string, Rule['tag']> = new Map([
  ['docs', ['aws:ResourceTag/stage', 'final']],
  ['files', ['aws:ResourceTag/class', 'open']],
])

function rulesOf(service: string, noun: string): readonly [action: string, rule: Rule][] {
  const folder = `^arn:aws:${service}::${ACCOUNT}:folder/`
  const shared = new RegExp(`${folder}shared/`)
  const team = new RegExp(`${folder}team/`)
  const tag = TAGS.get(service)
  return [
    [`${service}:Get${noun}`, { allows: new RegExp(`${folder}(?:shared|team)/`) }],
    [`${service}:List${noun}`, { allows: shared }],
    [`${service}:Put${noun}`, { allows: team }],
    [`${service}:Create${noun}`, { allows: team }],
    [`${service}:TagResource`, { allows: team }],
    [`${service}:SearchAll`, { allows: /^/ }],
    [
      `${service}:Export${noun}`,
      { allows: new RegExp(`${folder}[^/]*/report-`), ...(tag && { tag }) },
    ],
    [`${service}:Delete${noun}`, { allows: team, denies: new RegExp(`${folder}team/legal-`) }],
  ]
}

function abac(): Test {
  const isDocument = new RegExp(`^arn:aws:docs::${ACCOUNT}:document/`)
  const home = `arn:aws:docs::${ACCOUNT}:home/`
  const known = new Set(['team', 'stage'])
  const ownTeam: Test = ({ resource, attributes }) =>
    isDocument.test(resource) &&
    attributes['aws:ResourceTag/team'] === attributes['aws:PrincipalTag/team']
  const ownHome: Test = ({ resource, attributes }) => {
    const user = attributes['aws:PrincipalTag/user'] as string
    const end = home.length + user.length
    return (
      resource.startsWith(user, home.length) && resource[end] === '/' && resource.startsWith(home)
    )
  }
  const newDocument: Test = ({ resource, attributes }) => {
    if (attributes['aws:RequestTag/team'] !== attributes['aws:PrincipalTag/team']) return false
    const keys = attributes['aws:TagKeys'] as readonly string[]
    return keys.every((key) => known.has(key)) && isDocument.test(resource)
  }
  const tests = new Map<string, Test>([
    ['docs:GetDocument', ownTeam],
    ['docs:UpdateDocument', ownTeam],
    ['docs:CreateDocument', newDocument],
    ['docs:PutHomeFile', ownHome],
    ['docs:GetHomeFile', ownHome],
  ])
  return (request) => tests.get(request.action)?.(request) === true
}

/** The action alone decides: what is asked at all was looked up once. */
function readOnly({ questions }: Scenario): Test {
  const answers = new Map(questions.map(({ action, isAllowed }) => [action, isAllowed]))
  return ({ action }) => answers.get(action) === true
}
