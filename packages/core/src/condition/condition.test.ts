import { describe, expect, it } from 'vitest'
import { type ConditionOperator, parseOperator } from '../policy/operator.js'
import { type ContextValue, requestContext } from '../request/context.js'
import { compileCondition } from './condition.js'

interface Asked {
  readonly operator: string
  readonly values: readonly string[]
}

/** `T` or `F`, so that a row of verdicts reads as in the specification. */
function verdict({ operator, values }: Asked, had: ContextValue): string {
  const parsed = parseOperator(operator) as ConditionOperator
  const condition = { operator: parsed, key: 'aws:Key', values }
  const context = requestContext({ 'aws:other': 'a', 'AWS:KEY': had })
  return compileCondition(condition, '2012-10-17', 'Allow').matches(context) ? 'T' : 'F'
}

/** The verdicts of many operators on one request value. */
function row(operators: readonly string[], values: readonly string[], had: ContextValue): string {
  return operators.map((operator) => verdict({ operator, values }, had)).join(' ')
}

describe('the truth table of specification 2.1', () => {
  const operators = [
    'StringEquals',
    'StringNotEquals',
    'ForAllValues:StringEquals',
    'ForAnyValue:StringEquals',
    'ForAllValues:StringNotEquals',
    'ForAnyValue:StringNotEquals',
  ]

  it.each([
    [undefined, 'F T T F T F'],
    [null, 'F T T F T F'],
    [[], 'F T T F T F'],
    ['a', 'T F T T F F'],
    ['c', 'F T F F T T'],
    [['a', 'b'], 'F F T T F F'],
    [['a', 'c'], 'F F F T F T'],
    [['c', 'd'], 'F F F F T T'],
    [['a'], 'F F T T F F'],
    [['c'], 'F F F F T T'],
  ])('given %j and the wanted values a and b, says %s', (had, verdicts) => {
    expect(row(operators, ['a', 'b'], had)).toBe(verdicts)
  })

  it.each([
    [undefined, 'T T T F'],
    ['a', 'T F F T'],
    ['c', 'F T F T'],
  ])('with suffixes and Null, given %j, says %s', (had, verdicts) => {
    const [equals, notEquals] = [
      verdict({ operator: 'StringEqualsIfExists', values: ['a'] }, had),
      verdict({ operator: 'StringNotEqualsIfExists', values: ['a'] }, had),
    ]
    const [isTrue, isFalse] = ['true', 'false'].map((value) =>
      verdict({ operator: 'Null', values: [value] }, had),
    )
    expect([equals, notEquals, isTrue, isFalse].join(' ')).toBe(verdicts)
  })
})

/** One wanted value for each operator, a request value that hits it and two that do not. */
const FAMILIES = [
  ['StringEquals', 'StringNotEquals', 'a', 'a', 'A', 'b'],
  ['StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', 'a', 'A', 'b', 'aa'],
  ['StringLike', 'StringNotLike', 'a*', 'ab', 'ba', 'A'],
  ['NumericEquals', 'NumericNotEquals', '10', '10.0', '11', 'ten'],
  ['DateEquals', 'DateNotEquals', '2024-01-01', '1704067200', '2024-01-02', 'today'],
  ['IpAddress', 'NotIpAddress', '203.0.113.0/24', '203.0.113.9', '203.0.114.9', '::1'],
  ['ArnEquals', 'ArnNotEquals', 'arn:aws:a:::b*', 'arn:aws:a:::bc', 'arn:aws:a:::c', 'b'],
  ['ArnLike', 'ArnNotLike', 'arn:aws:*:::b', 'arn:aws:a:::b', 'arn:aws:a:::c', 'b'],
] as const

/** Those that no `Not` form stands beside. */
const POSITIVE = [
  ['NumericLessThan', '10', '9', '10', '11'],
  ['NumericLessThanEquals', '10', '10', '10.1', '11'],
  ['NumericGreaterThan', '10', '11', '10', '9'],
  ['NumericGreaterThanEquals', '10', '10', '9.9', '9'],
  ['DateLessThan', '2024-01-01', '2023', '2024-01-01', '1704067200'],
  ['DateLessThanEquals', '2024-01-01', '2024-01-01', '2024-01-02', '1704067201'],
  ['DateGreaterThan', '2024-01-01', '2024-01-02', '2024-01-01', '1704067200'],
  ['DateGreaterThanEquals', '2024-01-01', '1704067200', '2023-12-31', '0'],
  ['Bool', 'true', 'TRUE', 'false', '1'],
  ['BinaryEquals', 'YQ==', 'YQ==', 'Yg==', 'a'],
] as const

describe('every operator with its forms', () => {
  it.each(FAMILIES)('%s and %s of `%s` agree on absent, one and many', (...family) => {
    const [positive, negated, wanted, hit, miss, other] = family
    const forms = [
      positive,
      `${positive}IfExists`,
      negated,
      `${negated}IfExists`,
      `ForAllValues:${positive}`,
      `ForAnyValue:${positive}`,
      `ForAllValues:${negated}`,
      `ForAnyValue:${negated}`,
      `ForAllValues:${positive}IfExists`,
      `ForAnyValue:${positive}IfExists`,
    ]
    const rows: readonly (readonly [ContextValue, string])[] = [
      [undefined, 'F T T T T F T F T F'],
      [[], 'F T T T T F T F T F'],
      [hit, 'T T F F T T F F T T'],
      [miss, 'F F T T F F T T F F'],
      [other, 'F F T T F F T T F F'],
      [[hit], 'F F F F T T F F T T'],
      [[hit, hit], 'F F F F T T F F T T'],
      [[hit, miss], 'F F F F F T F T F T'],
      [[miss, other], 'F F F F F F T T F F'],
    ]
    for (const [had, verdicts] of rows) {
      expect([had, row(forms, [wanted], had)]).toEqual([had, verdicts])
    }
  })

  it.each(POSITIVE)('%s of `%s` is hit by `%s` alone', (operator, wanted, ...had) => {
    const forms = [
      operator,
      `${operator}IfExists`,
      `ForAllValues:${operator}`,
      `ForAnyValue:${operator}`,
    ]
    const [hit, miss, other] = had
    expect(row(forms, [wanted], undefined)).toBe('F T T F')
    expect(row(forms, [wanted], [])).toBe('F T T F')
    expect(row(forms, [wanted], hit)).toBe('T T T T')
    expect(row(forms, [wanted], miss)).toBe('F F F F')
    expect(row(forms, [wanted], other)).toBe('F F F F')
    expect(row(forms, [wanted], [hit])).toBe('F F T T')
    expect(row(forms, [wanted], [hit, miss])).toBe('F F F T')
    expect(row(forms, [wanted], [miss, other])).toBe('F F F F')
  })
})

describe('several wanted values', () => {
  it('are any of them for a positive operator, none of them for a negated one', () => {
    const forms = ['StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike']
    expect(row(forms, ['a', 'b'], 'b')).toBe('T F T F')
    expect(row(forms, ['a', 'b'], 'c')).toBe('F T F T')
    expect(row(['NumericLessThan'], ['5', '10'], '7')).toBe('T')
    expect(row(['NumericLessThan'], ['5', '10'], '10')).toBe('F')
    expect(row(['NotIpAddress'], ['10.0.0.0/8', '192.168.0.0/16'], '192.168.1.1')).toBe('F')
  })

  it('count on where one of them cannot be read', () => {
    expect(row(['NumericEquals', 'NumericNotEquals'], ['ten', '10'], '10')).toBe('T F')
    expect(row(['IpAddress', 'NotIpAddress'], ['everywhere', '::/0'], '::1')).toBe('T F')
    expect(row(['StringLike', 'StringNotLike'], ['${', 'a'], 'a')).toBe('T F')
  })

  it('are never hit where there are none', () => {
    const forms = ['StringEquals', 'StringEqualsIfExists', 'ForAllValues:StringEquals']
    expect(row(forms, [], 'a')).toBe('F F F')
    expect(row(forms, [], undefined)).toBe('F T T')
    expect(row(['ForAnyValue:StringEquals'], [], ['a'])).toBe('F')
    expect(row(['Null'], [], undefined)).toBe('F')
  })
})

describe('an empty text', () => {
  it('is an ordinary value for an operator without a set prefix', () => {
    const forms = ['StringEquals', 'StringLike', 'StringNotEquals', 'StringEqualsIfExists']
    expect(row(forms, [''], '')).toBe('T T F T')
    expect(row(forms, ['*'], '')).toBe('F T T F')
  })

  it('is no value for a set operator, unless it stands beside others', () => {
    const forms = [
      'ForAllValues:StringEquals',
      'ForAnyValue:StringEquals',
      'ForAllValues:StringNotEquals',
      'ForAnyValue:StringNotEquals',
    ]
    expect(row(forms, ['a'], '')).toBe('T F T F')
    expect(row(forms, ['a'], [''])).toBe('T F T F')
    expect(row(forms, [''], ['', ''])).toBe('T F T F')
    expect(row(forms, ['a'], ['', 'a'])).toBe('F T F T')
  })
})

describe('Null', () => {
  it.each([
    [undefined, 'T F'],
    [[], 'T F'],
    ['', 'T F'],
    [['', ''], 'T F'],
    ['a', 'F T'],
    [['a'], 'F T'],
    [['', 'a'], 'F T'],
    [false, 'F T'],
    [0, 'F T'],
  ])('with `true` and with `false`, given %j, says %s', (had, verdicts) => {
    expect(
      ['true', 'false']
        .map((value) => verdict({ operator: 'Null', values: [value] }, had))
        .join(' '),
    ).toBe(verdicts)
  })

  it('takes its value in any letter case, and holds for both at once', () => {
    expect(verdict({ operator: 'Null', values: ['TRUE'] }, undefined)).toBe('T')
    expect(verdict({ operator: 'Null', values: ['true', 'false'] }, undefined)).toBe('T')
    expect(verdict({ operator: 'Null', values: ['true', 'false'] }, 'a')).toBe('T')
    expect(verdict({ operator: 'Null', values: ['yes'] }, undefined)).toBe('F')
  })

  it('no longer looks at its key behind a set prefix', () => {
    for (const had of [undefined, 'a', ['a']]) {
      expect(row(['ForAllValues:Null', 'ForAnyValue:Null'], ['true'], had)).toBe('T F')
      expect(row(['ForAllValues:Null', 'ForAnyValue:Null'], ['false'], had)).toBe('T F')
    }
  })
})

describe('a condition', () => {
  const equals = parseOperator('StringEquals') as ConditionOperator

  it('finds its key in any letter case, the tag key too', () => {
    const condition = { operator: equals, key: 'AWS:requesttag/TEAM', values: ['blue'] }
    const compiled = compileCondition(condition, '2012-10-17', 'Allow')
    expect(compiled.matches(requestContext({ 'aws:RequestTag/Team': 'blue' }))).toBe(true)
    expect(compiled.matches(requestContext({ 'aws:RequestTag/Teams': 'blue' }))).toBe(false)
  })
})
