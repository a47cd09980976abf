import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluate, isAllowed } from '../evaluate/evaluate.js'
import { compactPolicy, expandPolicy } from '../policy/compact.js'
import { parsePolicy } from '../policy/parse.js'
import type { AuthorizationRequest } from '../request/request.js'
import { createPolicyStore } from './policy-store.js'
import { createPolicySet } from './prepared-set.js'

const own = (i: number) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: {
      Sid: `Own${i}`,
      Effect: 'Allow',
      Action: 'docs:*',
      Resource: `arn:aws:docs::acme:home/${i}/*`,
    },
  })

const request = (i: number): AuthorizationRequest => ({
  principal: { type: 'user', account: 'acme', arn: `arn:aws:iam::acme:user/${i}` },
  action: 'docs:GetDocument',
  resource: `arn:aws:docs::acme:home/${i}/notes`,
  resourceAccount: 'acme',
})

describe('createPolicyStore', () => {
  it('refuses an option that there is not', () => {
    expect(() => createPolicyStore({ capcity: 10 } as never)).toThrow('no option `capcity`')
  })

  it('decides as sets of compiled policies do, through any number of forgettings', () => {
    const store = createPolicyStore({ capacity: 4 })
    const sets = Array.from({ length: 50 }, (_, i) =>
      store.createSet({ identity: [store.add(own(i))] }),
    )
    for (let round = 0; round < 3; round++) {
      for (const [i, set] of sets.entries()) {
        expect(isAllowed(set, request(i))).toBe(true)
        expect(isAllowed(set, request(i + 1))).toBe(false)
        expect(evaluate(set, request(i))).toEqual({
          answer: 'Allow',
          statements: [{ policyType: 'identity', statement: 0, sid: `Own${i}` }],
        })
      }
    }
  })

  it('keeps the same document once, and apart from one of another name or type', () => {
    const store = createPolicyStore()
    expect(store.add(own(1))).toBe(store.add(own(1)))
    expect(store.add(own(1), { name: 'a.json' })).not.toBe(store.add(own(1)))
    expect(store.add(own(1), { type: 'identity' })).not.toBe(store.add(own(1)))
    expect(store.add(own(1), { type: 'identity', name: 'a.json' }).source).toMatchObject({
      name: 'a.json',
      type: 'identity',
    })
  })

  it('refuses a document with a mistake when it is added', () => {
    expect(() => createPolicyStore().add('{ "Statement": {} }')).toThrow('invalid policy')
  })

  it('answers as createPolicySet does, with statements of every kind', () => {
    const store = createPolicyStore()
    const text = `{ "Version": "2012-10-17", "Statement": [
      { "Effect": "Allow", "NotAction": "docs:Delete*", "NotResource": "arn:aws:docs::acme:secret/*" },
      { "Effect": "Deny", "Action": "*", "Resource": "*",
        "Condition": { "NumericGreaterThan": { "docs:Pages": 10.50 }, "Bool": { "docs:Draft": true } } } ] }`
    const policies = { identity: [store.add(text)] }
    for (const pages of ['10.5', '10.51', '11']) {
      const asked = { ...request(1), context: { 'docs:Pages': pages, 'docs:Draft': true } }
      const expected = evaluate(createPolicySet({ identity: [store.add(text)] }), asked)
      expect(evaluate(store.createSet(policies), asked)).toEqual(expected)
      expect(expected.answer).toBe(pages === '10.5' ? 'Allow' : 'ExplicitDeny')
    }
  })
})

describe('expandPolicy', () => {
  it('undoes compactPolicy, places aside, for every policy', () => {
    const values = fc.array(fc.constantFrom('arn:aws:docs::acme:a/*', '*'), { minLength: 1 })
    const statement = fc.record(
      {
        Sid: fc.stringMatching(/^[A-Za-z0-9]{1,6}$/),
        Effect: fc.constantFrom('Allow', 'Deny'),
        Action: fc.constantFrom<string | string[]>('docs:*', ['docs:Get*', '*']),
        Resource: values,
        Condition: fc.constantFrom(
          { Bool: { 'a:b': true } },
          { StringLike: { 'a:b': ['x', '*'] } },
        ),
      },
      { requiredKeys: ['Effect', 'Action', 'Resource'] },
    )
    const property = fc.property(
      fc.uniqueArray(statement, { minLength: 1, selector: ({ Sid }) => Sid ?? {} }),
      (Statement) => {
        const policy = parsePolicy(
          { Version: '2012-10-17', Statement },
          { name: 'p', type: 'identity' },
        )
        expect(expandPolicy(compactPolicy(policy))).toEqual(policy)
      },
    )
    fc.assert(property)
  })
})
