import { describe, expect, it } from 'vitest'
import { checkResource } from './check-resource.js'

describe('checkResource', () => {
  it.each([
    '*',
    'arn:aws:s3:::b/*',
    'arn:aws:s3:*',
    'arn:aws:*',
    'arn:*',
    'arn:aws:s3:::*',
    'arn:aws:sqs:*:111122223333:q',
    'arn:aws:sqs:eu-?est-1:acme:q',
    'arn:aws:iam::1111*3333:role/x',
    'arn:aws:iam::aws:policy/x',
    'arn:*:docs:*:*:document/*',
    'arn:aws:logs:*:*:log-group:app:*',
    'arn:aws:s3:::b/${aws:username}/*',
    "arn:aws:s3:::b/${aws:PrincipalTag/team, 'a:b'}",
    'arn:aws:s3:::b/${*}',
    'arn:aws:s3:::文書',
    `arn:aws:s3:::${'a'.repeat(2035)}`,
  ])('takes `%s`', (resource) => {
    expect(checkResource(resource, '2012-10-17')).toBeUndefined()
  })

  it.each([
    ['', 'invalid-arn-prefix'],
    ['**', 'invalid-arn-prefix'],
    ['document/42', 'invalid-arn-prefix'],
    ['ARN:aws:s3:::b', 'invalid-arn-prefix'],
    [' arn:aws:s3:::b', 'invalid-arn-prefix'],
    ['arn*:aws:s3:::b', 'invalid-arn-prefix'],
    ['arn:aws:s3', 'missing-arn-field'],
    ['arn:aws:s3:::', 'missing-arn-field'],
    ['arn:aws:s3:b', 'missing-arn-field'],
    ['arn:aws:s3:b?', 'missing-arn-field'],
    ['arn::s3:::b', 'invalid-partition'],
    ['arn:aws::::b', 'invalid-arn-service'],
    ['arn:aws:S3:::b', 'invalid-arn-service-case'],
    ['arn:aws:s3::1234:b', 'invalid-arn-account'],
    ['arn:aws:s3::ACCOUNT:b', 'invalid-arn-account'],
    [`arn:aws:s3:::${'a'.repeat(2036)}`, 'invalid-arn'],
    ['arn:aws:s3::${aws:PrincipalAccount}:b', 'variable-unsupported-in-element'],
    ['arn:aws:s3:${aws:x}*', 'variable-unsupported-in-element'],
    ['arn:aws:s3:::${', 'missing-brace-in-variable'],
    ['arn:aws:s3:::${}', 'empty-variable'],
    ['arn:aws:s3:::${a, b}', 'missing-quote-in-variable'],
    ['arn:aws:s3:::${ a}', 'unsupported-space-in-variable'],
  ])('refuses `%s`: %s', (resource, code) => {
    expect(checkResource(resource, '2012-10-17')?.code).toBe(code)
  })

  it('says as loud as it is told that an entry never matches', () => {
    const never = ['arn:aws:s3::${aws:x}:b', 'arn:aws:s3:::']
    const levels = never.map((resource) => checkResource(resource, '2012-10-17', 'warning')?.level)
    expect(levels).toEqual(['warning', 'warning'])
    expect(checkResource('arn:aws:s3:::', '2012-10-17')?.level).toBe('error')
  })

  it('takes `${` for text under the version of 2008', () => {
    expect(checkResource('arn:aws:s3:::${', '2008-10-17')).toBeUndefined()
    expect(checkResource('arn:aws:s3::${a:b}:c', '2008-10-17')?.code).toBe('invalid-arn-account')
  })
})
