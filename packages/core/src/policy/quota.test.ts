import { describe, expect, it } from 'vitest'
import type { PolicyType } from './document.js'
import { type PolicyOptions, parsePolicy } from './parse.js'
import { QUOTAS } from './quota.js'

/** A policy whose text without blanks has that many characters. */
function policyOf(length: number, elements: object = { Resource: '*' }): string {
  const statement = { Sid: '', Effect: 'Deny', Action: 'docs:Get', ...elements }
  const frame = JSON.stringify({ Version: '2012-10-17', Statement: statement }).length
  const filled = { ...statement, Sid: 'a'.repeat(length - frame) }
  return JSON.stringify({ Version: '2012-10-17', Statement: filled })
}

function isTaken(text: string, options: PolicyOptions): boolean {
  try {
    return parsePolicy(text, options) !== undefined
  } catch {
    return false
  }
}

describe('QUOTAS', () => {
  it('are those of AWS', () => {
    expect(QUOTAS).toEqual({
      identity: 6144,
      boundary: 6144,
      session: 2048,
      trust: 2048,
      scp: 10_240,
      rcp: 5120,
      resource: 20_480,
      endpoint: 20_480,
    })
  })

  it.each<[PolicyType, number, object]>([
    ['identity', 6144, { Resource: '*' }],
    ['boundary', 6144, { Resource: '*' }],
    ['session', 2048, { Resource: '*' }],
    ['trust', 2048, { Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }],
    ['scp', 10_240, { Resource: '*' }],
    ['rcp', 5120, { Resource: '*', Principal: '*' }],
    ['resource', 20_480, { Principal: '*' }],
    ['endpoint', 20_480, { Resource: '*', Principal: '*' }],
  ])('let a policy of type %s have %d characters and no more', (type, quota, elements) => {
    expect(isTaken(policyOf(quota, elements), { type })).toBe(true)
    expect(isTaken(policyOf(quota + 1, elements), { type })).toBe(false)
  })
})

describe('the quota of a policy', () => {
  it('says how long the policy is and how to lift the bound', () => {
    expect(() => parsePolicy(policyOf(6145), { type: 'identity' })).toThrow(
      'invalid policy: /: policy size exceeds identity quota `6145`; expected at most 6144 characters; the option `quotas` lifts the bound (line 1, column 1)',
    )
  })

  it('does not count blanks outside strings, but in SCPs and RCPs', () => {
    const blanks = ' '.repeat(1000)
    expect(isTaken(blanks + policyOf(6144), { type: 'identity' })).toBe(true)
    expect(isTaken(blanks + policyOf(10_240), { type: 'scp' })).toBe(false)
    expect(isTaken(blanks + policyOf(9240), { type: 'scp' })).toBe(true)
    const rcp = policyOf(4121, { Principal: '*', Resource: '*' })
    expect(isTaken(blanks + rcp, { type: 'rcp' })).toBe(false)
    expect(isTaken(blanks.slice(1) + rcp, { type: 'rcp' })).toBe(true)
  })

  it('counts an object as it would be printed', () => {
    const taken: Readonly<Record<string, unknown>> = JSON.parse(policyOf(6144))
    const tooLong: Readonly<Record<string, unknown>> = JSON.parse(policyOf(6145))
    expect(parsePolicy(taken, { type: 'identity' }).type).toBe('identity')
    expect(() => parsePolicy(tooLong, { type: 'identity' })).toThrow('6145')
  })

  it('can be set by type, or lifted', () => {
    expect(isTaken(policyOf(6000), { type: 'identity', quotas: { identity: 5999 } })).toBe(false)
    expect(isTaken(policyOf(6000), { type: 'identity', quotas: { scp: 5999 } })).toBe(true)
    expect(isTaken(policyOf(50_000), { type: 'identity', quotas: false })).toBe(true)
  })

  it('binds no policy without a type, up to the text that is read at all', () => {
    expect(isTaken(policyOf(1_048_576), {})).toBe(true)
    expect(isTaken(policyOf(1_048_577), {})).toBe(false)
    expect(isTaken(policyOf(2_000_000), { maxLength: 2_000_000 })).toBe(true)
  })
})
