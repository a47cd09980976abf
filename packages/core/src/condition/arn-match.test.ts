import { describe, expect, it } from 'vitest'
import { requestContext } from '../request/context.js'
import { arnHits } from './arn-match.js'

const context = requestContext({
  'aws:PrincipalAccount': '111122223333',
  'aws:PrincipalTag/colon': 'a:b',
  'aws:PrincipalTag/star': '*',
  'aws:PrincipalTag/shift': 'x:999999999999',
})

function hits(value: string, had: string): boolean {
  return arnHits([value], '2012-10-17')(had, context)
}

describe('ArnLike', () => {
  it.each([
    ['arn:aws:x:*:111122223333:finance/*', 'arn:aws:x:us-east-2:111122223333:finance/a', true],
    [
      'arn:aws:x:*:111122223333:finance/*',
      'arn:aws:x:us-east-2:999999999999:store/abc:111122223333:finance/d',
      false,
    ],
    ['arn:aws:iam::*:role/ops-*', 'arn:aws:iam::111122223333:role/ops-a/b', true],
    ['arn:aws:iam::111122223333:role/Ops', 'arn:aws:iam::111122223333:role/ops', false],
    ['arn:aws:a:::b', 'arn:aws:a:::b', true],
    ['arn:aws:a:::b', 'arn:aws:a:eu::b', false],
    ['arn:aws:a:::b*', 'arn:aws:a:::bcd:e/f', true],
    ['arn:aws:a:::b?', 'arn:aws:a:::b', false],
    ['arn:*:a:::b', 'arn:aws-cn:a:::b', true],
    ['arn:aws:*:b', 'arn:aws:a:::b', false],
    ['arn:aws:a:*', 'arn:aws:a:::b', false],
    ['*', 'arn:aws:a:::b', false],
    ['arn:*', 'arn:aws:a:::b', false],
    ['arn:aws:a:*:*:*', 'arn:aws:a:::', true],
    ['arn:aws:a:*:*:*', 'b', false],
    ['arn:aws:a:*:*:*', 'arn:aws:a::', false],
    ['*:*:*:*:*:*', 'a:b', false],
  ])('of `%s` and `%s`: %s', (value, had, verdict) => {
    expect(hits(value, had)).toBe(verdict)
  })

  it.each([
    ['arn:aws:a::${aws:PrincipalAccount}:b', 'arn:aws:a::111122223333:b', true],
    ['arn:aws:a::${aws:PrincipalAccount}:b', 'arn:aws:a::999999999999:b', false],
    ['arn:aws:a:::${aws:PrincipalTag/colon}', 'arn:aws:a:::a:b', true],
    ['arn:aws:a:${aws:PrincipalTag/shift}:b', 'arn:aws:a:x:999999999999:b', false],
    ['arn:aws:a::${aws:PrincipalTag/shift}:b', 'arn:aws:a::x:999999999999:b', false],
    ['arn:aws:a:::${aws:PrincipalTag/star}', 'arn:aws:a:::b', false],
    ['arn:aws:a:::${aws:PrincipalTag/star}', 'arn:aws:a:::*', true],
    ["arn:aws:a:::${absent, 'b:c'}", 'arn:aws:a:::b:c', true],
    ["arn:aws:a:${absent, 'b:c'}:d", 'arn:aws:a:b:c:d', false],
    ['arn:aws:a:::${absent}', 'arn:aws:a:::', false],
    ['arn:aws:a:::b${*}', 'arn:aws:a:::b*', true],
    ['arn:aws:a:::b${*}', 'arn:aws:a:::bc', false],
    ['arn:aws:a:::${', 'arn:aws:a:::${', false],
    ['arn:aws:a:${:x:b', 'arn:aws:a:${:x:b', false],
  ])('of `%s`, whose variables start no component, and `%s`: %s', (value, had, verdict) => {
    expect(hits(value, had)).toBe(verdict)
  })

  it('replaces nothing under the version of 2008', () => {
    const hitsOld = arnHits(['arn:aws:a:::${aws:PrincipalAccount}'], '2008-10-17')
    expect(hitsOld('arn:aws:a:::111122223333', context)).toBe(false)
    expect(hitsOld('arn:aws:a:::${aws:PrincipalAccount}', context)).toBe(true)
  })
})
