import { describe, expect, it } from 'vitest'
import { BASE_OPERATORS, parseOperator } from './operator.js'

describe('parseOperator', () => {
  it('takes prefix, name and suffix apart', () => {
    expect(parseOperator('ForAnyValue:StringNotLikeIfExists')).toEqual({
      name: 'ForAnyValue:StringNotLikeIfExists',
      family: 'string',
      comparison: 'like',
      isNegated: true,
      quantifier: 'ForAnyValue',
      ifExists: true,
    })
    expect(parseOperator('Bool')).toEqual({
      name: 'Bool',
      family: 'bool',
      comparison: 'equals',
      isNegated: false,
      ifExists: false,
    })
  })

  it('knows the 27 operators, with either prefix and the suffix', () => {
    expect([...BASE_OPERATORS.keys()]).toEqual([
      'StringEquals',
      'StringNotEquals',
      'StringEqualsIgnoreCase',
      'StringNotEqualsIgnoreCase',
      'StringLike',
      'StringNotLike',
      'NumericEquals',
      'NumericNotEquals',
      'NumericLessThan',
      'NumericLessThanEquals',
      'NumericGreaterThan',
      'NumericGreaterThanEquals',
      'DateEquals',
      'DateNotEquals',
      'DateLessThan',
      'DateLessThanEquals',
      'DateGreaterThan',
      'DateGreaterThanEquals',
      'Bool',
      'BinaryEquals',
      'IpAddress',
      'NotIpAddress',
      'ArnEquals',
      'ArnNotEquals',
      'ArnLike',
      'ArnNotLike',
      'Null',
    ])
    for (const name of BASE_OPERATORS.keys()) {
      for (const prefix of ['', 'ForAllValues:', 'ForAnyValue:']) {
        expect(parseOperator(`${prefix}${name}`)?.ifExists).toBe(false)
        expect(parseOperator(`${prefix}${name}IfExists`)?.ifExists).toBe(true)
      }
    }
  })

  it('negates those with `Not` in their name, and no others', () => {
    const negated = [...BASE_OPERATORS].filter(([, { isNegated }]) => isNegated)
    expect(negated.map(([name]) => name)).toEqual([
      'StringNotEquals',
      'StringNotEqualsIgnoreCase',
      'StringNotLike',
      'NumericNotEquals',
      'DateNotEquals',
      'NotIpAddress',
      'ArnNotEquals',
      'ArnNotLike',
    ])
  })

  it.each([
    '',
    'stringEquals',
    'STRINGEQUALS',
    'StringEqual',
    'StringLikeIgnoreCase',
    'StringEquals ',
    ' StringEquals',
    'NotBool',
    'IfExists',
    'StringEqualsIfExistsIfExists',
    'StringEqualsifexists',
    'forAllValues:StringEquals',
    'ForAllValues:',
    'ForAllValues:ForAnyValue:StringEquals',
    'ForNoValue:StringEquals',
    ':StringEquals',
    'StringEquals:',
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
  ])('does not know `%s`', (name) => {
    expect(parseOperator(name)).toBeUndefined()
  })
})
