import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyDocuments, anyRequest, compileAll } from '../../test/arbitrary.js'
import { compile } from '../compile/compile.js'
import type { PolicySet } from '../compile/policy-set.js'
import { explain } from '../explain/explain.js'
import { parsePolicy } from '../policy/parse.js'
import { requestContext } from '../request/context.js'
import type { AuthorizationRequest } from '../request/request.js'
import { evaluate } from './evaluate.js'

const account = '111122223333'
const request: AuthorizationRequest = {
  principal: { type: 'user', account, arn: `arn:aws:iam::${account}:user/ada` },
  action: 'docs:Get',
  resource: 'arn:aws:docs:::document/1',
  resourceAccount: account,
}
const star = { Effect: 'Allow', Action: '*', Resource: '*' }
const all = compile(parsePolicy({ Version: '2012-10-17', Statement: star }))

/** A policy that allows everything under one condition. */
const under = (Condition: object) =>
  compile(parsePolicy({ Version: '2012-10-17', Statement: { ...star, Condition } }))

const decide = (context: unknown, policies: PolicySet = { identity: [all] }) =>
  evaluate(policies, { ...request, context } as AuthorizationRequest)

const anything = fc.anything({
  withBigInt: true,
  withBoxedValues: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withSet: true,
  withSparseArray: true,
  withTypedArray: true,
})

function boom(): never {
  throw new Error('from\na getter')
}

describe('evaluate', () => {
  it.each([
    ['a value that is no value', { 'aws:username': {} }, 'aws:username'],
    ['NaN', { 'docs:Size': Number.NaN }, 'docs:Size'],
    ['an impossible date', { 'aws:CurrentTime': new Date(Number.NaN) }, 'aws:CurrentTime'],
    ['a nested list', { 'aws:TagKeys': [['team']] }, 'aws:TagKeys'],
    ['two spellings of a key', { 'aws:username': 'a', 'AWS:USERNAME': 'a' }, 'AWS:USERNAME'],
    ['a Map', new Map([['aws:username', 'ada']]), 'context'],
    ['null', null, 'context'],
    ['text', 'aws:username=ada', 'context'],
    [
      '10,000 keys',
      Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`a:${i}`, 'b'])),
      'context',
    ],
    ['a huge value', { 'aws:username': 'a'.repeat(10_000_000) }, 'aws:username'],
  ])('denies a context with %s, and says so', (_, context, key) => {
    const decision = decide(context)
    expect(decision).toMatchObject({
      answer: 'ImplicitDeny',
      type: 'identity',
      problem: { code: 'invalid-request' },
    })
    const { problem } = decision as { problem: { message: string } }
    expect(problem.message).toContain(`invalid request: \`${key}\`: `)
  })

  it('denies what has no part in a decision, too', () => {
    expect(evaluate({ identity: [all] }, { ...request, action: '*' })).toEqual({
      answer: 'ImplicitDeny',
      type: 'identity',
      problem: {
        code: 'invalid-request',
        message: 'invalid request: `action`: must be `service:Name`, without wildcards',
      },
    })
  })

  it('takes what is thrown from below for a fault of its own, on one line', () => {
    const policies = {
      get identity() {
        return boom()
      },
    } as PolicySet
    expect(evaluate(policies, request)).toEqual({
      answer: 'ImplicitDeny',
      type: 'identity',
      problem: { code: 'internal-fault', message: 'from\\u000aa getter' },
    })
    const thrown = {
      get identity(): never {
        throw Object.create(null)
      },
    } as PolicySet
    expect(evaluate(thrown, request)).toMatchObject({ problem: { code: 'internal-fault' } })
  })

  it.each<[string, unknown]>([
    ['undefined', undefined],
    ['null', null],
    ['a policy that was not compiled', { identity: [parsePolicy({ Statement: star })] }],
    ['a document', { identity: [{ Statement: star }] }],
    ['a policy that is not in a list', { identity: all }],
    ['a hole in the list', { identity: Array(1) }],
    ['a boundary that is no policy', { identity: [all], boundary: {} }],
    ['SCPs without levels', { identity: [all], scps: [all] }],
    ['RCPs without levels', { identity: [all], rcps: [all] }],
    ['a resource policy that is none', { identity: [all], resource: [] }],
    ['an endpoint policy that is none', { identity: [all], endpoint: 'none' }],
  ])('denies with a policy set such as %s', (_, policies) => {
    const decision = evaluate(policies as PolicySet, request)
    expect(decision).toMatchObject({ answer: 'ImplicitDeny', problem: { code: 'internal-fault' } })
  })

  it('knows a context that another copy of the package made', async () => {
    const path = '../request/context.js?copy'
    const copy: typeof import('../request/context.js') = await import(/* @vite-ignore */ path)
    expect(copy.requestContext).not.toBe(requestContext)
    const policies = { identity: [under({ StringEquals: { 'aws:username': 'ada' } })] }
    expect(decide(copy.requestContext({ 'aws:UserName': 'ada' }), policies).answer).toBe('Allow')
    expect(decide(copy.requestContext({ 'aws:UserName': 'bob' }), policies).answer).toBe(
      'ImplicitDeny',
    )
  })

  it('ends for patterns, tags and lists made to be slow', () => {
    const slow = 'a*'.repeat(2000)
    const tag = 'a'.repeat(8192)
    const policies = (value: string) => ({ identity: [under({ StringLike: { 'a:tag': value } })] })
    expect(decide({ 'a:tag': tag }, policies(slow)).answer).toBe('Allow')
    expect(decide({ 'a:tag': tag }, policies(`${slow}b`)).answer).toBe('ImplicitDeny')
    const empty = "*${a:none, ''}b*"
    expect(decide({ 'a:tag': tag }, policies(empty)).answer).toBe('ImplicitDeny')
    const wanted = Array.from({ length: 50_000 }, (_, i) => `${i}*x*`)
    const many = { identity: [under({ 'ForAnyValue:StringLike': { 'a:tag': wanted } })] }
    expect(decide({ 'a:tag': ['b', 'c', 'd'] }, many).answer).toBe('ImplicitDeny')
  })

  it('does not take a key of the prototype for a value', () => {
    for (const key of ['a:constructor', 'a:__proto__', 'a:toString']) {
      const policies = { identity: [under({ StringLike: { [key]: '*' } })] }
      expect(decide({}, policies).answer).toBe('ImplicitDeny')
      expect(decide({ [key]: 'b' }, policies).answer).toBe('Allow')
    }
  })

  it('never throws and never allows, for every policy set and request that is none', () => {
    const property = fc.property(anything, anything, (policies, garbage) => {
      expect(evaluate(policies as PolicySet, garbage as AuthorizationRequest).answer).not.toBe(
        'Allow',
      )
      expect(evaluate({ identity: [all] }, garbage as AuthorizationRequest).answer).not.toBe(
        'Allow',
      )
      expect(evaluate(policies as PolicySet, request).answer).not.toBe('Allow')
      const asked = explain(policies as PolicySet, garbage as AuthorizationRequest)
      expect(asked.decision.answer).not.toBe('Allow')
    })
    fc.assert(property, { numRuns: 1000 })
  })

  it('never throws, for every request with one field exchanged', () => {
    const field = fc.constantFrom('principal', 'action', 'resource', 'resourceAccount', 'context')
    const property = fc.property(field, anything, (name, garbage) => {
      const asked = { ...request, [name]: garbage } as AuthorizationRequest
      const { answer } = evaluate({ identity: [all] }, asked)
      expect(['Allow', 'ImplicitDeny']).toContain(answer)
      expect(explain({ identity: [all] }, asked).decision.answer).toBe(answer)
    })
    fc.assert(property, { numRuns: 1000 })
  })

  it('never allows, for every set with one field exchanged by what is no policy', () => {
    const field = fc.constantFrom('identity', 'boundary', 'scps', 'endpoint', 'resource')
    const isEmpty = (value: object) => ('length' in value ? value.length : Number.NaN) === 0
    const none = anything.filter((value) => Boolean(value) && !isEmpty(Object(value)))
    const property = fc.property(field, none, (name, garbage) => {
      const policies = { identity: [all], [name]: garbage } as PolicySet
      expect(evaluate(policies, request).answer).toBe('ImplicitDeny')
    })
    fc.assert(property, { numRuns: 1000 })
  })

  it('gives the same decision for entries and for a context made of them, for every request', () => {
    const property = fc.property(anyDocuments, anyRequest, (documents, asked) => {
      const policies = compileAll(documents)
      const context = requestContext(asked.context as Record<string, string>)
      expect(evaluate(policies, { ...asked, context })).toEqual(evaluate(policies, asked))
    })
    fc.assert(property)
  })
})
