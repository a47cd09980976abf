import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyDocuments, anyRequest, compileAll } from '../../test/arbitrary.js'
import { compile } from '../compile/compile.js'
import type { PolicySet } from '../compile/policy-set.js'
import { evaluate } from '../evaluate/evaluate.js'
import { parsePolicy } from '../policy/parse.js'
import type { AuthorizationRequest } from '../request/request.js'
import { explain } from './explain.js'

const account = '111122223333'
const request: AuthorizationRequest = {
  principal: { type: 'user', account, arn: `arn:aws:iam::${account}:user/ada` },
  action: 'docs:CreateDocument',
  resource: 'arn:aws:docs:::folder/1',
  resourceAccount: account,
  context: {
    'aws:RequestTag/team': 'ops',
    'aws:PrincipalTag/team': 'eng',
    'aws:TagKeys': ['team'],
  },
}

function policy(name: string, ...Statement: readonly object[]) {
  return compile(parsePolicy({ Version: '2012-10-17', Statement }, { name, lenient: true }))
}

const anyCase = fc.tuple(anyDocuments, anyRequest)

describe('explain', () => {
  it('says of every statement in scope what each of its elements said', () => {
    const policies: PolicySet = {
      identity: [
        policy(
          'editor.json',
          {
            Sid: 'MustTag',
            Effect: 'Allow',
            Action: 'docs:Create*',
            Resource: 'arn:aws:docs:::folder/*',
            Condition: {
              StringEquals: {
                'aws:RequestTag/team': ['${aws:PrincipalTag/team}', '${aws:PrincipalTag/x}'],
              },
              'ForAllValues:StringLike': { 'aws:TagKeys': 't*' },
              Bool: { 'aws:SecureTransport': 'true' },
            },
          },
          { Effect: 'Allow', Action: 'docs:Get', Resource: 'arn:aws:mail:*' },
        ),
      ],
      resource: policy('folder.json', {
        Effect: 'Allow',
        Principal: { AWS: '999999999999' },
        Action: '*',
      }),
      session: [policy('not-in-scope.json', { Effect: 'Allow', Action: '*', Resource: '*' })],
    }
    expect(explain(policies, request).statements).toEqual([
      {
        policyType: 'identity',
        policy: 'editor.json',
        statement: 0,
        sid: 'MustTag',
        effect: 'Allow',
        applies: false,
        failed: 'condition',
        elements: { action: true, resource: true, condition: false },
        conditions: [
          {
            operator: 'StringEquals',
            key: 'aws:RequestTag/team',
            matched: false,
            wanted: ['eng', null],
            had: 'ops',
            missing: false,
          },
          {
            operator: 'ForAllValues:StringLike',
            key: 'aws:TagKeys',
            matched: true,
            wanted: ['t*'],
            had: ['team'],
            missing: false,
          },
          {
            operator: 'Bool',
            key: 'aws:SecureTransport',
            matched: false,
            wanted: ['true'],
            missing: true,
          },
        ],
      },
      {
        policyType: 'identity',
        policy: 'editor.json',
        statement: 1,
        effect: 'Allow',
        applies: false,
        failed: 'action',
        elements: { action: false, resource: false },
        conditions: [],
      },
      {
        policyType: 'resource',
        policy: 'folder.json',
        statement: 0,
        effect: 'Allow',
        applies: false,
        failed: 'principal',
        elements: { principal: false, action: true },
        conditions: [],
      },
    ])
  })

  it('names an element that a statement lacks where its absence is what failed', () => {
    const bare = policy('bare.json', { Effect: 'Allow', Action: '*' })
    const { statements } = explain({ identity: [bare], resource: bare }, request)
    expect(statements.map(({ failed, elements }) => [failed, elements])).toEqual([
      ['resource', { action: true, resource: false }],
      ['principal', { principal: false, action: true }],
    ])
  })

  it('asks NotPrincipal as it asks Principal', () => {
    const NotPrincipal = { AWS: [account, `arn:aws:iam::${account}:user/ada`] }
    const spare = policy('spare.json', { Effect: 'Deny', NotPrincipal, Action: '*' })
    const [spared] = explain({ resource: spare }, request).statements
    expect(spared?.elements).toEqual({ principal: false, action: true })
    const [hit] = explain({ resource: spare, boundary: spare }, request).statements
    expect(hit).toMatchObject({ applies: true, elements: { principal: true, action: true } })
  })

  it('repeats who wanted what', () => {
    expect(explain({}, request)).toEqual({
      decision: { answer: 'ImplicitDeny', type: 'identity' },
      message:
        'User: arn:aws:iam::111122223333:user/ada is not authorized to perform: docs:CreateDocument on resource: arn:aws:docs:::folder/1 because no identity-based policy allows the docs:CreateDocument action',
      principal: 'arn:aws:iam::111122223333:user/ada',
      action: 'docs:CreateDocument',
      resource: 'arn:aws:docs:::folder/1',
      statements: [],
    })
  })

  it('asks no statement where the request is at fault', () => {
    const all = policy('all.json', { Effect: 'Allow', Action: '*', Resource: '*' })
    const explanation = explain({ identity: [all] }, { ...request, action: '*' })
    expect(explanation.statements).toEqual([])
    expect(explanation.decision).toMatchObject({ problem: { code: 'invalid-request' } })
    expect(explanation.nearest).toBeUndefined()
  })

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['text', 'docs:Get'],
    ['a principal that is text', { ...request, principal: 'ada' }],
    ['an action without a prototype', { ...request, action: Object.create(null) }],
    ['a resource that is a symbol', { ...request, resource: Symbol('a') }],
    ['an ARN that is an object', { ...request, principal: { type: 'user', account, arn: {} } }],
    [
      'a getter that throws',
      {
        get principal() {
          throw new Error('from a getter')
        },
      },
    ],
  ])('explains %s for a request', (_, asked) => {
    const explanation = explain({}, asked as AuthorizationRequest)
    expect(explanation.decision.answer).toBe('ImplicitDeny')
    expect(explanation.message).toContain('unknown')
    expect(explanation.message).toContain('because the request could not be decided: ')
  })

  it('decides as evaluate does, for every policy set and request', () => {
    const property = fc.property(anyCase, ([documents, asked]) => {
      const policies = compileAll(documents)
      expect(explain(policies, asked).decision).toEqual(evaluate(policies, asked))
    })
    fc.assert(property, { numRuns: 1000 })
  })

  it('finds that those statements apply on which the decision rests, for every request', () => {
    const property = fc.property(anyCase, ([documents, asked]) => {
      const { decision, statements } = explain(compileAll(documents), asked)
      const applying = new Set(statements.filter(({ applies }) => applies).map(({ sid }) => sid))
      const denying = statements.filter(({ applies, effect }) => applies && effect === 'Deny')
      expect(denying.length > 0).toBe(decision.answer === 'ExplicitDeny')
      const named = 'statements' in decision ? decision.statements : []
      expect(named.every(({ sid }) => applying.has(sid))).toBe(true)
    })
    fc.assert(property, { numRuns: 500 })
  })

  it('blames the first element that failed, for every request', () => {
    const order = ['principal', 'action', 'resource', 'condition'] as const
    const property = fc.property(anyCase, ([documents, asked]) => {
      for (const { applies, failed, elements, conditions } of explain(compileAll(documents), asked)
        .statements) {
        expect(failed).toBe(order.find((element) => elements[element] === false))
        expect(applies).toBe(failed === undefined)
        expect(elements.condition ?? true).toBe(conditions.every(({ matched }) => matched))
      }
    })
    fc.assert(property)
  })

  it('gives data that JSON carries unchanged, for every request', () => {
    const property = fc.property(anyCase, ([documents, asked]) => {
      const explanation = explain(compileAll(documents), asked)
      expect(JSON.parse(JSON.stringify(explanation))).toStrictEqual(explanation)
    })
    fc.assert(property)
  })
})
