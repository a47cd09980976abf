import { describe, expect, it } from 'vitest'
import { checkConditionKey, checkConditionValue, checkOperator } from './check-condition.js'
import { contextKeyInfo, GLOBAL_KEYS } from './context-key.js'
import { type ConditionOperator, parseOperator } from './operator.js'

const named = (name: string) => parseOperator(name) as ConditionOperator

describe('checkOperator', () => {
  it.each(['StringEquals', 'ForAllValues:StringLikeIfExists', 'Null', 'BoolIfExists'])(
    'takes `%s`',
    (name) => {
      expect(checkOperator(name, parseOperator(name))).toBeUndefined()
    },
  )

  it.each([
    ['StringEqual', 'invalid-condition-operator'],
    ['__proto__', 'invalid-condition-operator'],
    ['NullIfExists', 'null-with-if-exists'],
    ['ForAnyValue:Null', 'null-with-qualifier'],
    ['ForAllValues:Null', 'null-with-qualifier'],
    ['ForAllValues:NullIfExists', 'null-with-if-exists'],
  ])('refuses `%s`: %s', (name, code) => {
    expect(checkOperator(name, parseOperator(name))?.code).toBe(code)
  })
})

describe('checkConditionKey', () => {
  it.each([
    'aws:username',
    'AWS:UserName',
    'aws:RequestTag/cost center',
    'docs:Size',
    'a:b:c',
    'constructor:a',
  ])('takes `%s`', (key) => {
    expect(checkConditionKey(key, named('StringEquals'))).toBeUndefined()
  })

  it.each([
    ['', 'invalid-condition-key-format'],
    ['username', 'invalid-condition-key-format'],
    ['aws:', 'invalid-condition-key-format'],
    [':username', 'invalid-condition-key-format'],
    ['aws: username', 'invalid-condition-key-format'],
    ['__proto__', 'invalid-condition-key-format'],
    ['aws:RequestTag', 'missing-tag-key-in-condition'],
    ['aws:RequestTag/', 'missing-tag-key-in-condition'],
    ['AWS:resourcetag/', 'missing-tag-key-in-condition'],
    ['aws:PrincipalTag/', 'missing-tag-key-in-condition'],
    ['aws:RequestTag/${aws:x}', 'variable-unsupported-in-element'],
  ])('refuses `%s`: %s', (key, code) => {
    expect(checkConditionKey(key, named('StringEquals'))?.code).toBe(code)
  })

  it('knows which keys of the catalogue hold many values', () => {
    const code = (key: string) => checkConditionKey(key, named('StringEquals'))?.code
    const lists = Object.keys(GLOBAL_KEYS).filter((key) => code(key) === 'missing-qualifier')
    expect(lists).toEqual(
      Object.keys(GLOBAL_KEYS).filter((key) => contextKeyInfo(key)?.isMultivalued),
    )
    expect(lists).toHaveLength(8)
  })

  it('wants a set operator for a key that holds many values', () => {
    const codeUnder = (name: string) => checkConditionKey('AWS:tagkeys', named(name))?.code
    expect(codeUnder('StringEquals')).toBe('missing-qualifier')
    expect(codeUnder('StringNotEqualsIfExists')).toBe('missing-qualifier')
    expect(codeUnder('ForAllValues:StringEquals')).toBeUndefined()
    expect(codeUnder('ForAnyValue:StringLike')).toBeUndefined()
    expect(codeUnder('Null')).toBeUndefined()
  })
})

describe('checkConditionValue', () => {
  it.each([
    ['StringEquals', ''],
    ['StringEquals', 'a*?'],
    ['StringLike', '${aws:username}-*'],
    ['StringLike', '文書👍'],
    ['ArnLike', 'arn:aws:iam::*:role/*'],
    ['ArnEquals', 'arn:aws:iam::${aws:PrincipalAccount}:role/a:b'],
    ['ArnEquals', "arn:aws:iam::${k, 'a:b:c'}:role/a"],
    ['NumericEquals', '10'],
    ['NumericEquals', '-0.5'],
    ['NumericEquals', '1e3'],
    ['DateEquals', '2024'],
    ['DateEquals', '2024-02-29'],
    ['DateEquals', '2024-01-01T00:00:00+01:00'],
    ['Bool', 'TRUE'],
    ['Null', 'False'],
    ['IpAddress', '203.0.113.0/24'],
    ['IpAddress', '2001:db8::1'],
    ['BinaryEquals', 'YQ=='],
  ])('takes under %s `%s`', (name, value) => {
    expect(checkConditionValue(value, named(name), '2012-10-17')).toBeUndefined()
  })

  it.each([
    ['StringLike', '${', 'missing-brace-in-variable'],
    ['StringEquals', '${a, b}', 'missing-quote-in-variable'],
    ['ArnLike', '${}', 'empty-variable'],
    ['ArnLike', '*', 'missing-arn-field'],
    ['ArnLike', 'arn:aws:s3:*', 'missing-arn-field'],
    ['ArnNotEquals', 'arn:aws:s3::${a:b}', 'missing-arn-field'],
    ['NumericEquals', '10abc', 'type-mismatch-number'],
    ['NumericEquals', '', 'type-mismatch-number'],
    ['NumericEquals', '0x10', 'type-mismatch-number'],
    ['NumericEquals', 'NaN', 'type-mismatch-number'],
    ['NumericLessThan', '1'.repeat(65), 'type-mismatch-number'],
    ['DateEquals', '2024-02-30', 'type-mismatch-date'],
    ['DateEquals', 'yesterday', 'type-mismatch-date'],
    ['DateEquals', '1.5', 'type-mismatch-date'],
    ['IpAddress', '203.0.113.0/33', 'type-mismatch-ip-range'],
    ['IpAddress', '203.0.113', 'type-mismatch-ip-range'],
    ['NotIpAddress', '203.0.113.*', 'type-mismatch-ip-range'],
    ['BinaryEquals', 'a', 'type-mismatch-string'],
    ['Bool', '1', 'type-mismatch-boolean'],
    ['Bool', 'yes', 'type-mismatch-boolean'],
    ['Null', '', 'type-mismatch-boolean'],
    ['NumericEquals', '${aws:x}', 'invalid-variable-for-operator'],
    ['Bool', '${aws:x}', 'invalid-variable-for-operator'],
    ['IpAddress', '${aws:SourceIp}', 'invalid-variable-for-operator'],
    ['StringEquals', 'a'.repeat(8193), 'value-too-long'],
  ])('refuses under %s `%s`: %s', (name, value, code) => {
    expect(checkConditionValue(value, named(name), '2012-10-17')?.code).toBe(code)
  })

  it('takes `${` for text under the version of 2008', () => {
    const codeOf = (name: string) => checkConditionValue('${', named(name), '2008-10-17')?.code
    expect(codeOf('StringEquals')).toBeUndefined()
    expect(codeOf('NumericEquals')).toBe('type-mismatch-number')
  })
})
