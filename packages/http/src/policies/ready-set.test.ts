import {
  type CompiledPolicy,
  compile,
  createPolicySet,
  evaluate,
  type PolicySet,
  parsePolicy,
} from '@iamkit/core'
import { describe, expect, it } from 'vitest'
import { readySet } from './ready-set.js'

function policy(effect: 'Allow' | 'Deny'): CompiledPolicy {
  return compile(parsePolicy({ Statement: { Effect: effect, Action: 'docs:*', Resource: '*' } }))
}

const request = {
  principal: { type: 'user', account: 'acme', arn: 'arn:aws:iam::acme:user/ann' },
  action: 'docs:GetDocument',
  resource: '*',
  resourceAccount: 'acme',
  context: {} as never,
} as const

describe('readySet', () => {
  it('gives the same set for as long as the policies are the same', () => {
    const policies = { identity: [policy('Allow')], scps: [[policy('Allow')]] }
    expect(readySet(policies)).toBe(readySet(policies))
  })

  it('keeps a set that is ready, and not one that it was put into', () => {
    const set = createPolicySet({ identity: [policy('Allow')] })
    expect(readySet(set)).toBe(set)
    const more = { ...set, boundary: policy('Deny') }
    expect(evaluate(readySet(more), request).answer).toBe('ExplicitDeny')
  })

  const allow = policy('Allow')
  const deny = policy('Deny')
  type Parts = { -readonly [Part in keyof PolicySet]: PolicySet[Part] }

  it.each<[string, Parts, (set: Parts) => void]>([
    ['a list got one more', { identity: [allow] }, (set) => (set.identity as unknown[]).push(deny)],
    ['a list was exchanged', { identity: [allow] }, (set) => (set.identity = [deny])],
    [
      'a policy was put in another’s place',
      { identity: [allow] },
      ({ identity }) => {
        ;(identity as unknown[])[0] = deny
      },
    ],
    ['a boundary came', { identity: [allow] }, (set) => (set.boundary = deny)],
    [
      'a session policy came',
      { identity: [allow], session: [allow] },
      (set) => (set.session = [deny]),
    ],
    ['an endpoint policy came', { identity: [allow] }, (set) => (set.endpoint = deny)],
    ['a resource policy came', { identity: [allow] }, (set) => (set.resource = deny)],
    ['organizations came', { identity: [allow] }, (set) => (set.scps = [[deny]])],
    [
      'a level changed',
      { identity: [allow], scps: [[allow]] },
      ({ scps = [] }) => {
        for (const level of scps) (level as unknown[])[0] = deny
      },
    ],
    [
      'levels went',
      { identity: [allow], rcps: [[allow], [allow]] },
      (set) => (set.rcps = [[deny]]),
    ],
  ])('is made anew where %s', (_title, set, change) => {
    const before = readySet(set)
    change(set)
    expect(readySet(set)).not.toBe(before)
  })

  it('decides by the policies as they are now', () => {
    const set: Parts = { identity: [allow] }
    expect(evaluate(readySet(set), request).answer).toBe('Allow')
    set.identity = [allow, deny]
    expect(evaluate(readySet(set), request).answer).toBe('ExplicitDeny')
  })
})
