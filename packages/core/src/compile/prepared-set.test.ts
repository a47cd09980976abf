import { describe, expect, it } from 'vitest'
import { evaluate, isAllowed } from '../evaluate/evaluate.js'
import { parsePolicy } from '../policy/parse.js'
import type { AuthorizationRequest } from '../request/request.js'
import { compile } from './compile.js'
import type { CompiledPolicy } from './compiled-policy.js'
import type { PolicySet } from './policy-set.js'
import { createPolicySet, isReadySet } from './prepared-set.js'

const allow = (action: string) =>
  compile(
    parsePolicy({
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Action: action, Resource: '*' },
    }),
  )

const request: AuthorizationRequest = {
  principal: { type: 'user', account: 'acme', arn: 'arn:aws:iam::acme:user/ada' },
  action: 'docs:GetDocument',
  resource: 'arn:aws:docs::acme:document/1',
  resourceAccount: 'acme',
}

describe('createPolicySet', () => {
  it('does not change when the lists it was made of do', () => {
    const identity: CompiledPolicy[] = []
    const policies = createPolicySet({ identity })
    identity.push(allow('docs:*'))
    expect(isAllowed(policies, request)).toBe(false)
    expect(isAllowed({ identity }, request)).toBe(true)
  })

  it('answers as the plain set does, with the plain set changed in between', () => {
    const plain = { identity: [allow('docs:Get*')] }
    expect(evaluate(plain, request)).toEqual(evaluate(createPolicySet(plain), request))
    plain.identity = [allow('docs:List*')]
    expect(isAllowed(plain, request)).toBe(false)
  })

  it('takes no policy in afterwards', () => {
    const { identity, scps } = createPolicySet({ identity: [], scps: [[]] })
    for (const list of [identity, scps, scps?.[0]]) {
      expect(() => (list as unknown[]).push(allow('docs:*'))).toThrow(TypeError)
    }
  })

  it('lends its plans to no set that it was put into', () => {
    const boundary = allow('docs:List*')
    const ready = createPolicySet({ identity: [allow('docs:*')] })
    const heir: PolicySet = Object.create(ready, { boundary: { value: boundary } })
    for (const policies of [{ ...ready, boundary }, heir]) {
      expect(isReadySet(policies)).toBe(false)
      expect(isAllowed(policies, request)).toBe(false)
      expect(evaluate(policies, request)).toEqual({ answer: 'ImplicitDeny', type: 'boundary' })
    }
    expect(isReadySet(ready)).toBe(true)
    expect(isAllowed(ready, request)).toBe(true)
  })

  it('answers for each spelling of an action', () => {
    const policies = createPolicySet({ identity: [allow('docs:getdocument')] })
    for (const action of ['docs:GetDocument', 'DOCS:GETDOCUMENT', 'docs:GetDocument']) {
      expect(isAllowed(policies, { ...request, action })).toBe(true)
    }
  })

  it('refuses a policy type that there is not, which would deny nothing', () => {
    const misspelt = { identity: [allow('docs:*')], boundry: allow('docs:Get*') }
    expect(() => createPolicySet(misspelt)).toThrow(new TypeError('no policy type `boundry`'))
    expect(() => createPolicySet(createPolicySet({ identity: [] }))).not.toThrow()
  })

  it('keeps apart callers for whom other layers speak', () => {
    const policies = createPolicySet({ identity: [allow('docs:*')], scps: [[]] })
    const { principal } = request
    expect(isAllowed(policies, request)).toBe(false)
    expect(
      isAllowed(policies, {
        ...request,
        principal: { ...principal, managementAccount: true } as never,
      }),
    ).toBe(true)
    expect(isAllowed(policies, request)).toBe(false)
  })

  it('indexes many statements, and answers as for few', () => {
    const Statement = Array.from({ length: 600 }, (_, i) => ({
      Effect: i % 7 === 0 ? 'Deny' : 'Allow',
      Action: ['docs:GetDocument', 'docs:*', 'docs:List*'][i % 3],
      Resource: `arn:aws:docs::acme:document/${i}`,
    }))
    const policy = compile(parsePolicy({ Version: '2012-10-17', Statement }))
    const policies = createPolicySet({ identity: [policy] })
    for (let i = 0; i < 600; i++) {
      const asked = { ...request, resource: `arn:aws:docs::acme:document/${i}` }
      const answer = i % 3 === 2 ? 'ImplicitDeny' : i % 7 === 0 ? 'ExplicitDeny' : 'Allow'
      expect(evaluate(policies, asked).answer).toBe(answer)
      expect(isAllowed(policies, asked)).toBe(answer === 'Allow')
    }
  })

  it.each<[string, unknown]>([
    ['longer than an ARN may be', `arn:aws:docs::acme:document/${'x'.repeat(2048)}`],
    ['a list of one', ['arn:aws:docs::acme:document/1']],
    ['an object that prints as an ARN', { toString: () => 'arn:aws:docs::acme:document/1' }],
  ])('refuses a resource that is %s, also of a caller that is known', (_, resource) => {
    for (const Resource of ['*', 'arn:aws:docs::acme:document/*', 'arn:aws:docs::acme:*ment/*']) {
      const Statement = { Effect: 'Allow', Action: 'docs:*', Resource }
      const policies = createPolicySet({
        identity: [compile(parsePolicy({ Version: '2012-10-17', Statement }))],
      })
      expect(isAllowed(policies, request)).toBe(true)
      const asked = { ...request, resource: resource as string }
      expect(evaluate(policies, asked).answer).toBe('ImplicitDeny')
      expect(isAllowed(policies, asked)).toBe(false)
    }
  })
})
