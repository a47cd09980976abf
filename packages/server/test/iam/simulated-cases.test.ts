import {
  type AuthorizationRequest,
  compile,
  createPolicySet,
  evaluate,
  parsePolicy,
  principalEntries,
} from '@iamkit/core'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { START, startServer, type TestServer } from '../server.js'
import { createStage, type Stage } from './stage.js'

const ACTIONS = ['docs:GetDocument', 'docs:PutDocument', 'docs:DeleteDocument', 'mail:Send']
const RESOURCES = [
  '*',
  'arn:aws:docs:::document/1',
  'arn:aws:docs:::document/ada',
  'arn:aws:docs:eu-west-1:111122223333:document/1',
  'arn:aws:docs:eu-west-1:444455556666:document/1',
]
const KEYS = [
  'aws:username',
  'aws:PrincipalTag/team',
  'aws:SourceIp',
  'docs:Size',
  'aws:PrincipalArn',
]

/** `IAMKIT_CASES=10000` asks for more. */
const CASES = Number(process.env.IAMKIT_CASES ?? 2_000)

const some = (items: readonly string[]) => fc.subarray([...items], { minLength: 1, maxLength: 3 })
const anyCondition = fc.oneof(
  fc.record({
    StringEquals: fc.constantFrom(
      { 'aws:username': 'ada' },
      { 'aws:PrincipalTag/team': ['red', 'blue'] },
      { 'AWS:UserName': '${aws:PrincipalTag/team}' },
    ),
  }),
  fc.record({ NumericLessThan: fc.record({ 'docs:Size': fc.constantFrom('1', '5') }) }),
  fc.record({ NotIpAddress: fc.constant({ 'aws:SourceIp': '203.0.113.0/24' }) }),
  fc.record({ Null: fc.record({ 'docs:Size': fc.constantFrom('true', 'false') }) }),
  fc.record({ ArnLike: fc.constant({ 'aws:PrincipalArn': 'arn:aws:iam::*:user/simulated-*' }) }),
)
const anyStatement = fc
  .record({
    Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
    actions: fc.tuple(
      fc.constantFrom('Action', 'Action', 'NotAction'),
      some([...ACTIONS, 'docs:*', 'docs:?etDocument', '*']),
    ),
    resources: fc.tuple(
      fc.constantFrom('Resource', 'Resource', 'NotResource'),
      some([...RESOURCES, 'arn:aws:docs:*', 'arn:aws:docs:::document/${aws:username}']),
    ),
    condition: fc.option(anyCondition, { nil: undefined }),
  })
  .map(({ Effect, actions, resources, condition }) => ({
    Effect,
    [actions[0]]: actions[1],
    [resources[0]]: resources[1],
    ...(condition && { Condition: condition }),
  }))
const anyDocument = fc
  .array(anyStatement, { minLength: 1, maxLength: 4 })
  .map((Statement) => JSON.stringify({ Version: '2012-10-17', Statement }))
const anyContext = fc.dictionary(
  fc.constantFrom(...KEYS),
  fc.constantFrom('ada', 'red', '203.0.113.9', '3', 'arn:aws:iam::111122223333:user/simulated-9'),
  { maxKeys: 3 },
)
const anyCase = fc.record({
  own: anyDocument,
  group: anyDocument,
  added: fc.array(anyDocument, { maxLength: 1 }),
  boundary: fc.option(anyDocument, { nil: undefined }),
  context: anyContext,
})

const WORDS = { Allow: 'allowed', ExplicitDeny: 'explicitDeny', ImplicitDeny: 'implicitDeny' }
const ASKED = ACTIONS.flatMap((action) => RESOURCES.map((resource) => ({ action, resource })))

describe('SimulatePrincipalPolicy', () => {
  let server: TestServer
  let stage: Stage

  beforeAll(async () => {
    server = await startServer()
    stage = createStage(server)
  }, START)

  afterAll(() => server.close())

  it(`equals core.evaluate, for every one of ${CASES} cases through the API`, async () => {
    const { iam, account } = stage
    const [UserName, GroupName] = [stage.name('simulated'), stage.name('group')]
    const { User } = await iam.createUser({ UserName })
    await iam.createGroup({ GroupName })
    await iam.addUserToGroup({ UserName, GroupName })
    const arn = User?.Arn ?? ''
    const id = User?.UserId ?? ''
    const principal = { type: 'user', account, arn, id } as const
    const counts: Record<string, number> = {}

    const property = fc.asyncProperty(anyCase, async ({ own, group, added, boundary, context }) => {
      await iam.putUserPolicy({ UserName, PolicyName: 'own', PolicyDocument: own })
      await iam.putGroupPolicy({ GroupName, PolicyName: 'own', PolicyDocument: group })
      const { EvaluationResults } = await iam.simulatePrincipalPolicy({
        PolicySourceArn: arn,
        ActionNames: ACTIONS,
        ResourceArns: RESOURCES,
        PolicyInputList: added,
        ...(boundary !== undefined && { PermissionsBoundaryPolicyInputList: [boundary] }),
        ContextEntries: Object.entries(context).map(([ContextKeyName, value]) => ({
          ContextKeyName,
          ContextKeyValues: [value],
          ContextKeyType: 'string',
        })),
      })
      const read = (text: string) => compile(parsePolicy(text))
      const set = createPolicySet({
        identity: [own, group, ...added].map(read),
        ...(boundary !== undefined && { boundary: read(boundary) }),
      })
      const known = principalEntries(principal, { userId: id })
      const expected = ASKED.map(({ action, resource }) => {
        const owner = resource.split(':')[4] || account
        const entries = { ...known, ...context }
        const request: AuthorizationRequest = {
          principal,
          action,
          resource,
          resourceAccount: owner,
          context: entries,
        }
        const { answer } = evaluate(set, request)
        counts[answer] = (counts[answer] ?? 0) + 1
        return [action, resource, WORDS[answer]]
      })
      const found = (EvaluationResults ?? []).map((one) => [
        one.EvalActionName,
        one.EvalResourceName,
        one.EvalDecision,
      ])
      expect(found).toEqual(expected)
    })
    await fc.assert(property, { numRuns: CASES / ASKED.length })

    const cases = Object.values(counts).reduce((sum, count) => sum + count, 0)
    expect(cases).toBeGreaterThanOrEqual(CASES)
    for (const answer of Object.keys(WORDS)) expect(counts[answer]).toBeGreaterThan(CASES / 20)
  }, 120_000)
})
