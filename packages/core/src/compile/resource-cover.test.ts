import { describe, expect, it } from 'vitest'
import type { Effect, PolicyVersion } from '../policy/document.js'
import { type RequestContext, requestContext } from '../request/context.js'
import { type Cover, compileCover, compileNotCover, covers as isCovered } from './resource-cover.js'
import { compileResourcePattern } from './resource-pattern.js'

const nobody = requestContext({})
const ada = requestContext({
  'aws:username': 'ada',
  'aws:PrincipalTag/team': 'blue',
  'aws:PrincipalTag/star': '*',
  'aws:PrincipalTag/deep': 'blue/secret:1',
  'aws:PrincipalTag/nested': '${aws:username}',
  'aws:TagKeys': ['ada'],
})
const version: PolicyVersion = '2012-10-17'
const compile = (text: string) => compileResourcePattern(text, version)

type Test = (resource: string, context: RequestContext) => boolean

function testOf(cover: Cover | undefined): Test {
  return (resource, context) => cover === undefined || isCovered(cover, resource, context)
}

function compileResources(patterns: readonly string[], under = version): Test {
  return testOf(compileCover(patterns.map((text) => compileResourcePattern(text, under))))
}

function covers(pattern: string, resource: string, context = ada): boolean {
  return compileResources([pattern])(resource, context)
}

function spares(patterns: readonly string[], effect: Effect, resource: string): boolean {
  return testOf(compileNotCover(patterns.map(compile), effect))(resource, nobody)
}

describe('a Resource', () => {
  it.each([
    ['arn:aws:s3:::b/*/test/*', 'arn:aws:s3:::b/1/2/test/3/o', true],
    ['arn:aws:s3:::b/*/test/*', 'arn:aws:s3:::b//test/o', true],
    ['arn:aws:s3:::b/*/test/*', 'arn:aws:s3:::b/test/o', false],
    ['arn:aws:s3:::b/*/test/*', 'arn:aws:s3:::b/1-test/o', false],
    ['arn:aws:s3:::b*', 'arn:aws:s3:::bucket2/key', true],
    ['arn:aws:s3:::b', 'arn:aws:s3:::b/key', false],
    ['arn:aws:s3:::b/*', 'arn:aws:s3:::b', false],
    ['arn:aws:sqs:*:111122223333:q', 'arn:aws:sqs:us-east-1:111122223333:q', true],
    ['arn:aws:s3:*', 'arn:aws:s3:::b/k', true],
    ['arn:aws:logs:us-*-1:111122223333:x', 'arn:aws:logs:us-east-1:111122223333:x', true],
    ['arn:aws:iam::1111*3333:role/x', 'arn:aws:iam::111122223333:role/x', true],
    ['arn:aws:s3:::b', '*', false],
    ['arn:aws:s3:::*', '*', false],
    ['arn:*:*:*:*:*', '*', false],
    ['arn:*', '*', false],
    ['*', '*', true],
  ])('as in the table of specification 1.6: `%s` and `%s`: %s', (pattern, resource, verdict) => {
    expect(covers(pattern, resource)).toBe(verdict)
  })

  it.each([
    ['*', 'arn:aws:s3:::b/k', true],
    ['arn:aws:s3:::b', 'arn:aws:s3:::b', true],
    ['arn:aws:s3:::b', 'arn:aws:s3:::B', false],
    ['arn:aws:s3:::b', 'arn:aws:s3:eu-west-1::b', false],
    ['arn:aws:s3:::b', 'arn:aws:s3::111122223333:b', false],
    ['arn:aws:s3:::b', 'arn:aws-cn:s3:::b', false],
    ['arn:aws:docs:*:b', 'arn:aws:docs:::b', false],
    ['arn:aws:docs:*:*:b', 'arn:aws:docs:eu:acme:a:b', false],
    ['arn:aws:docs:*:*:*b', 'arn:aws:docs:eu:acme:a:b', true],
    ['arn:aws:docs:eu-west-?:acme:b', 'arn:aws:docs:eu-west-1:acme:b', true],
    ['arn:aws:docs:?:acme:b', 'arn:aws:docs::acme:b', false],
    ['arn:aws:docs:?:acme:b', 'arn:aws:docs:::acme:b', false],
    ['arn:aws:docs:*:222222222222:b', 'arn:aws:docs:eu:111111111111:x:222222222222:b', false],
    ['arn:aws:docs:::a?', 'arn:aws:docs:::a:', true],
    ['arn:aws:docs:::*', 'arn:aws:docs:::a/b:c', true],
    ['arn:aws:docs:::**', 'arn:aws:docs:::', true],
  ])('keeps wildcards in their segment: `%s` and `%s`: %s', (pattern, resource, verdict) => {
    expect(covers(pattern, resource)).toBe(verdict)
  })

  it.each([
    ['arn:*', 'arn:aws:docs:eu:acme:a', true],
    ['arn:aws:*', 'arn:aws:docs:eu:acme:a:b/c', true],
    ['arn:aws:do*', 'arn:aws:docs:eu:acme:a', true],
    ['arn:aws:do*', 'arn:aws:mail:eu:acme:a', false],
    ['arn:aws:docs:eu*', 'arn:aws:docs:eu-west-1:acme:a', true],
    ['arn:aws:docs:eu*', 'arn:aws:docs:us:acme:eu', false],
    ['arn:aws:docs::ac*', 'arn:aws:docs::acme:a:b', true],
    ['arn:aws:docs:*:ac*', 'arn:aws:docs:eu:acme:a', true],
    ['arn:aws:docs', 'arn:aws:docs:::a', false],
    ['arn:aws:docs:', 'arn:aws:docs:::a', false],
    ['arn:aws:docs:::', 'arn:aws:docs:::a', false],
    ['arn:aws:docs:b?', 'arn:aws:docs:bc::a', false],
    ['document/*', 'arn:aws:docs:::document/1', false],
    ['', 'arn:aws:docs:::a', false],
  ])('that is short covers the rest by its last star: `%s` and `%s`: %s', (...row) => {
    const [pattern, resource, verdict] = row
    expect(covers(pattern, resource)).toBe(verdict)
  })

  it.each([
    ['arn:aws:docs:::home/${aws:username}/*', 'arn:aws:docs:::home/ada/x', true],
    ['arn:aws:docs:::home/${AWS:UserName}/*', 'arn:aws:docs:::home/bob/x', false],
    ['arn:aws:docs:::${aws:PrincipalTag/star}', 'arn:aws:docs:::anything', false],
    ['arn:aws:docs:::${aws:PrincipalTag/star}', 'arn:aws:docs:::*', true],
    ["arn:aws:docs:::${absent, '*'}", 'arn:aws:docs:::anything', false],
    ["arn:aws:docs:::${absent, 'a:b'}", 'arn:aws:docs:::a:b', true],
    ["arn:aws:docs:::a${absent, ''}/*", 'arn:aws:docs:::a/b', true],
    ["arn:aws:docs:::*${absent, ''}a*", 'arn:aws:docs:::bbb', false],
    ['arn:aws:docs:::${absent}*', 'arn:aws:docs:::a', false],
    ['arn:aws:docs:::${aws:TagKeys}', 'arn:aws:docs:::ada', false],
    ['arn:aws:docs:::${aws:PrincipalTag/nested}', 'arn:aws:docs:::ada', false],
    ['arn:aws:docs:::${aws:PrincipalTag/deep}', 'arn:aws:docs:::blue/secret:1', true],
    ['arn:aws:docs:::a${*}', 'arn:aws:docs:::a*', true],
    ['arn:aws:docs:::a${*}', 'arn:aws:docs:::ab', false],
    ['arn:aws:docs:::${$}{aws:username}', 'arn:aws:docs:::${aws:username}', true],
    ['arn:aws:docs::${aws:username}:a', 'arn:aws:docs::ada:a', false],
    ['arn:aws:${aws:username}*', 'arn:aws:ada:::a', false],
    ['arn:aws:docs:::${', 'arn:aws:docs:::${', false],
    ['arn:aws:docs:::${aws:username', 'arn:aws:docs:::ada', false],
    ['arn:aws:docs:::${}', 'arn:aws:docs:::', false],
  ])('replaces variables behind the fifth colon: `%s` and `%s`: %s', (...row) => {
    const [pattern, resource, verdict] = row
    expect(covers(pattern, resource)).toBe(verdict)
  })

  it('follows the worked example of specification 3.4', () => {
    const pattern = "arn:aws:s3:::b/${aws:PrincipalTag/team, 'shared'}/*"
    const star = requestContext({ 'aws:PrincipalTag/team': '*' })
    expect(covers(pattern, 'arn:aws:s3:::b/blue/x', ada)).toBe(true)
    expect(covers(pattern, 'arn:aws:s3:::b/shared/x', nobody)).toBe(true)
    expect(covers(pattern, 'arn:aws:s3:::b/blue/x', nobody)).toBe(false)
    expect(covers(pattern, 'arn:aws:s3:::b/blue/x', star)).toBe(false)
  })

  it('takes a star of the request for a star', () => {
    expect(covers('arn:aws:docs:::a', 'arn:aws:docs:::*')).toBe(false)
    expect(covers('arn:aws:docs:::?', 'arn:aws:docs:::*')).toBe(true)
  })

  it('covers by any of its entries, and nothing by none', () => {
    const some = compileResources(['arn:aws:docs:::a', 'arn:aws:docs:::b'], version)
    expect(some('arn:aws:docs:::b', nobody)).toBe(true)
    expect(some('arn:aws:docs:::c', nobody)).toBe(false)
    expect(compileResources([], version)('*', nobody)).toBe(false)
  })

  it('takes a variable for text under the version of 2008', () => {
    const old = compileResources(
      ['arn:aws:docs:::${aws:username}', 'arn:aws:docs:::b${*}'],
      '2008-10-17',
    )
    expect(old('arn:aws:docs:::ada', ada)).toBe(false)
    expect(old('arn:aws:docs:::${aws:username}', ada)).toBe(true)
    expect(old('arn:aws:docs:::b${anything}', ada)).toBe(true)
  })

  it('ends for 2,000 stars', () => {
    const pattern = `arn:aws:docs:::${'a*'.repeat(1000)}b`
    expect(covers(pattern, `arn:aws:docs:::${'a'.repeat(2000)}`)).toBe(false)
    expect(covers(`arn:aws:${'*'.repeat(1000)}`, 'arn:aws:docs:::a')).toBe(true)
  })
})

describe('a NotResource', () => {
  it('covers what none of its entries covers', () => {
    const patterns = ['arn:aws:docs:::a/*', 'arn:aws:docs:::b']
    expect(spares(patterns, 'Allow', 'arn:aws:docs:::a/1')).toBe(false)
    expect(spares(patterns, 'Allow', 'arn:aws:docs:::b')).toBe(false)
    expect(spares(patterns, 'Allow', 'arn:aws:docs:::c')).toBe(true)
    expect(spares(patterns, 'Deny', '*')).toBe(true)
    expect(spares(['*'], 'Deny', '*')).toBe(false)
  })

  it.each([
    'arn:aws:docs:::${absent}',
    'arn:aws:docs:::${absent}/*',
    'arn:aws:mail:::${absent}',
    'arn:aws:docs::${aws:username}:a',
    'arn:aws:docs:::${',
    'arn:aws:docs:::${}',
    'document/1',
    'arn:aws:docs',
  ])(
    'whose entry has no value exempts nothing in a Deny and never applies in an Allow: `%s`',
    (entry) => {
      for (const resource of ['arn:aws:docs:::a', 'arn:aws:docs:::c', '*']) {
        expect(spares([entry], 'Deny', resource)).toBe(true)
        expect(spares([entry], 'Allow', resource)).toBe(false)
        expect(spares(['arn:aws:docs:::b', entry], 'Allow', resource)).toBe(false)
      }
      expect(spares(['arn:aws:docs:::a', entry], 'Deny', 'arn:aws:docs:::a')).toBe(false)
    },
  )

  it('takes a default for a value', () => {
    const entry = "arn:aws:docs:::${absent, 'a'}"
    expect(spares([entry], 'Deny', 'arn:aws:docs:::a')).toBe(false)
    expect(spares([entry], 'Allow', 'arn:aws:docs:::b')).toBe(true)
  })
})
