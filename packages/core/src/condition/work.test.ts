import { describe, expect, it } from 'vitest'
import { compile } from '../compile/compile.js'
import { evaluate, isAllowed } from '../evaluate/evaluate.js'
import type { Effect } from '../policy/document.js'
import type { ConditionOperator } from '../policy/operator.js'
import { parseOperator } from '../policy/operator.js'
import { parsePolicy } from '../policy/parse.js'
import { requestContext } from '../request/context.js'
import type { AuthorizationRequest } from '../request/request.js'
import { compileCondition } from './condition.js'

const texts = (count: number, make: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => make(i))

type Case = readonly [name: string, wanted: readonly string[], had: readonly string[]]

function holds([name, wanted, had]: Case, effect: Effect): boolean {
  const operator = parseOperator(name) as ConditionOperator
  const condition = { operator, key: 'a:b', values: wanted }
  const context = requestContext({ 'a:b': had.length === 1 ? had[0] : had })
  return compileCondition(condition, '2012-10-17', effect).matches(context)
}

const cases: readonly [name: string, wanted: readonly string[], had: readonly string[]][] = [
  ['ForAnyValue:StringLike', texts(700, (i) => `*a*${i}`), texts(1024, (i) => `a${i}`)],
  ['ForAllValues:StringLike', texts(700, (i) => `*a*${i}`), texts(1024, () => 'a1')],
  [
    'ForAnyValue:ArnLike',
    texts(500, (i) => `arn:*:*:*:*:*a${i}`),
    texts(900, (i) => `arn:aws:s3:::a${i}`),
  ],
  ['ForAnyValue:IpAddress', texts(230, (i) => `10.0.${i}.0/24`), texts(1024, () => '10.0.0.1')],
  ['StringLike', texts(700, (i) => `*a${i}*`), ['a0'.repeat(4096)]],
]

describe('a condition with too much to compare', () => {
  it.each(cases)('of %s does not hold in an Allow and holds in a Deny', (...one) => {
    expect(holds(one, 'Allow')).toBe(false)
    expect(holds(one, 'Deny')).toBe(true)
  })

  it.each(cases)('of %s is answered where it is less', (name, wanted, had) => {
    const few = had.slice(0, 2).map((value) => value.slice(0, 100))
    expect(holds([name, wanted, few], 'Allow')).toBe(true)
    expect(holds([name, wanted, few], 'Deny')).toBe(true)
  })

  it('is none where texts are looked up, however many', () => {
    const [wanted, had] = [texts(2000, (i) => `b${i}`), texts(1024, (i) => `a${i}`)]
    expect(holds(['ForAnyValue:StringEquals', wanted, had], 'Deny')).toBe(false)
    expect(holds(['ForAnyValue:StringLike', wanted, had], 'Deny')).toBe(false)
  })

  it('never allows, whichever statement asks', () => {
    const Condition = { 'ForAnyValue:StringNotLike': { 'docs:Note': texts(700, (i) => `*b*${i}`) } }
    const allow = { Effect: 'Allow', Action: '*', Resource: '*' } as const
    const principal = { type: 'user', account: 'acme', arn: 'arn:aws:iam::acme:user/ada' } as const
    const request: AuthorizationRequest = {
      principal,
      action: 'docs:Get',
      resource: '*',
      resourceAccount: 'acme',
      context: { 'docs:Note': texts(1024, (i) => `a${i}`) },
    }
    const set = (...Statement: object[]) => ({
      identity: [compile(parsePolicy({ Version: '2012-10-17', Statement }, { quotas: false }))],
    })
    expect(evaluate(set({ ...allow, Condition }), request).answer).toBe('ImplicitDeny')
    const denied = set(allow, { ...allow, Effect: 'Deny', Condition })
    expect(evaluate(denied, request).answer).toBe('ExplicitDeny')
    expect(isAllowed(denied, request)).toBe(false)
    expect(isAllowed(set(allow), request)).toBe(true)
  })
})
