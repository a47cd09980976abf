import { describe, expect, it } from 'vitest'
import type { PolicyVersion } from '../policy/document.js'
import type { Comparison } from '../policy/operator.js'
import { requestContext } from '../request/context.js'
import { stringHits } from './string.js'

const context = requestContext({
  'aws:username': 'ada',
  'aws:PrincipalTag/team': 'blue',
  'aws:PrincipalTag/cost center': '42',
  'aws:PrincipalTag/star': '*',
  'aws:PrincipalTag/nested': '${aws:username}',
  'aws:PrincipalTag/mark': '?',
  'aws:PrincipalTag/empty': '',
  'aws:PrincipalTag/path': 'a/b:c',
  'aws:TagKeys': ['ada'],
})

function hits(value: string, had: string, comparison: Comparison = 'like'): boolean {
  return stringHits([value], comparison, '2012-10-17')(had, context)
}

describe('StringEquals', () => {
  it.each([
    ['a', 'a', true],
    ['a', 'A', false],
    ['a', 'ab', false],
    ['v*', 'v*', true],
    ['v*', 'v1', false],
    ['?', 'a', false],
    ['', '', true],
    ['', ' ', false],
    ['ä', 'a\u0308', false],
    ['${aws:username}', 'ada', true],
    ['${AWS:UserName}', 'ada', true],
    ['x-${aws:username}', 'x-ada', true],
    ['${aws:username}', '${aws:username}', false],
    ['${*}', '*', true],
    ['${?}', '?', true],
    ['${$}{aws:username}', '${aws:username}', true],
    ['${aws:PrincipalTag/cost center}', '42', true],
  ])('of `%s` and a request value `%s`: %s', (value, had, verdict) => {
    expect(hits(value, had, 'equals')).toBe(verdict)
  })
})

describe('StringEqualsIgnoreCase', () => {
  it.each([
    ['Ada', 'aDA', true],
    ['ÄÖ', 'äö', true],
    ['a*', 'A*', true],
    ['a*', 'ab', false],
    ['X-${aws:username}', 'x-ADA', true],
    ['I', 'i', true],
    ['ß', 'ss', false],
    ['Σ', 'σ', true],
    ['ΑΣ', 'ας', true],
    ['${aws:username}Σ', 'ADAΣ', true],
    ['', '', true],
  ])('of `%s` and a request value `%s`: %s', (value, had, verdict) => {
    expect(hits(value, had, 'equals-ignore-case')).toBe(verdict)
  })
})

describe('StringLike', () => {
  it.each([
    ['*', '', true],
    ['a*', 'a/b:c', true],
    ['a*c', 'a/b:c', true],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['a', 'A', false],
    ['home/${aws:username}/*', 'home/ada/x', true],
    ['home/${aws:username}/*', 'home/bob/x', false],
    ['${*}', '*', true],
    ['${*}', 'a', false],
    ['a${?}', 'a?', true],
    ['a${?}', 'ab', false],
  ])('of `%s` and a request value `%s`: %s', (value, had, verdict) => {
    expect(hits(value, had)).toBe(verdict)
  })

  it('takes a star in a request value for a star', () => {
    expect(hits('a', '*')).toBe(false)
    expect(hits('*', '*')).toBe(true)
  })

  it('ends for 2,000 stars and 8,192 characters', () => {
    expect(hits('a*'.repeat(2000), 'a'.repeat(8192))).toBe(true)
    expect(hits(`${'a*'.repeat(2000)}b`, 'a'.repeat(8192))).toBe(false)
    expect(hits(`*${"${k, ''}".repeat(500)}b*`, 'a'.repeat(8192))).toBe(false)
  })
})

describe('a variable', () => {
  it.each([
    ['${aws:PrincipalTag/star}', '*', true],
    ['${aws:PrincipalTag/star}', 'anything', false],
    ['${aws:PrincipalTag/mark}', 'a', false],
    ["${absent, '*'}", 'anything', false],
    ["${absent, '*'}", '*', true],
    ['${aws:PrincipalTag/nested}', '${aws:username}', true],
    ['${aws:PrincipalTag/nested}', 'ada', false],
    ["${absent, '${aws:username}'}", 'ada', false],
    ['${aws:PrincipalTag/path}/*', 'a/b:c/d', true],
  ])('puts literal text into `%s`: against `%s` %s', (value, had, verdict) => {
    expect(hits(value, had)).toBe(verdict)
  })

  it.each(['absent', 'aws:PrincipalTag/empty', 'aws:TagKeys'])(
    'without a value is never hit, or is its default: `%s`',
    (key) => {
      expect(hits(`\${${key}}`, '')).toBe(false)
      expect(hits(`\${${key}}*`, 'ada')).toBe(false)
      expect(hits(`\${${key}, 'x'}`, 'x')).toBe(true)
      expect(hits(`a\${${key}, ''}b`, 'ab')).toBe(true)
      expect(hits(`*\${${key}, ''}b*`, 'aaa')).toBe(false)
    },
  )

  it.each([
    '${',
    '${aws:username',
    '${}',
    '${aws:username, x}',
    "${aws:username, 'x}",
    '${ aws:username}',
  ])('that is malformed is never hit: `%s`', (value) => {
    for (const had of [value, 'ada', '', 'x']) expect(hits(value, had)).toBe(false)
    expect(hits(`${value}*`, 'ada')).toBe(false)
  })

  it('is text under the version of 2008, whose stars are live', () => {
    const old: PolicyVersion = '2008-10-17'
    const hitsOld = (value: string, had: string) => stringHits([value], 'like', old)(had, context)
    expect(hitsOld('${aws:username}', 'ada')).toBe(false)
    expect(hitsOld('${aws:username}', '${aws:username}')).toBe(true)
    expect(hitsOld('a${*}', 'a${bcd}')).toBe(true)
    expect(hitsOld('${', '${')).toBe(true)
  })
})
