import { describe, expect, it } from 'vitest'
import { type ConditionOperator, parseOperator } from '../policy/operator.js'
import { type ContextScalar, requestContext } from '../request/context.js'
import { compileCondition } from './condition.js'

function holds(name: string, wanted: string, had: ContextScalar): boolean {
  const operator = parseOperator(name) as ConditionOperator
  const compiled = compileCondition(
    { operator, key: 'a:b', values: [wanted] },
    '2012-10-17',
    'Allow',
  )
  return compiled.matches(requestContext({ 'a:b': had }))
}

/** The symbols that hold between the request's value, which stands on the left, and the wanted one. */
function relationsOf(family: 'Numeric' | 'Date', had: ContextScalar, wanted: string): string {
  const symbols = [
    ['=', 'Equals'],
    ['≠', 'NotEquals'],
    ['<', 'LessThan'],
    ['≤', 'LessThanEquals'],
    ['>', 'GreaterThan'],
    ['≥', 'GreaterThanEquals'],
  ] as const
  return symbols
    .filter(([, name]) => holds(`${family}${name}`, wanted, had))
    .map(([symbol]) => symbol)
    .join('')
}

describe('the numeric operators', () => {
  it.each<[ContextScalar, string, string]>([
    ['9', '10', '≠<≤'],
    ['10', '10', '=≤≥'],
    ['11', '10', '≠>≥'],
    [10, '10.00', '=≤≥'],
    [0.1, '0.10', '=≤≥'],
    ['1e3', '1000', '=≤≥'],
    ['-0', '0', '=≤≥'],
    ['-2', '-10', '≠>≥'],
    ['9007199254740993', '9007199254740992', '≠>≥'],
    ['10abc', '10', '≠'],
    ['', '0', '≠'],
    [' 10', '10', '≠'],
    ['0x10', '16', '≠'],
    ['NaN', 'NaN', '≠'],
    ['Infinity', '1', '≠'],
    ['true', '1', '≠'],
    [true, '1', '≠'],
    ['10', 'ten', '≠'],
    ['1'.repeat(65), '1', '≠'],
    ['203.0.113.9', '203', '≠'],
  ])('between `%s` and `%s` hold %s', (had, wanted, relations) => {
    expect(relationsOf('Numeric', had, wanted)).toBe(relations)
  })
})

describe('the date operators', () => {
  it.each<[ContextScalar, string, string]>([
    ['2023-12-31T23:59:59Z', '2024-01-01', '≠<≤'],
    ['2024-01-01T00:00:00Z', '2024-01-01T01:00:00+01:00', '=≤≥'],
    ['1704067200', '2024-01-01', '=≤≥'],
    [1704067200, '2024-01-01T00:00Z', '=≤≥'],
    [new Date('2024-01-01T00:00:00.500Z'), '2024-01-01', '≠>≥'],
    ['2024-01', '2024-01-01', '=≤≥'],
    ['2024', '1970-01-01T00:33:44Z', '=≤≥'],
    ['2024-02-30', '2024-01-01', '≠'],
    ['2024-01-01T25:00Z', '2024-01-01', '≠'],
    ['1704067200000', '2024-01-01', '≠>≥'],
    ['2024-01-*', '2024-01-01', '≠'],
    ['', '2024-01-01', '≠'],
    ['now', '2024-01-01', '≠'],
    ['2024-01-01', 'tomorrow', '≠'],
  ])('between `%s` and `%s` hold %s', (had, wanted, relations) => {
    expect(relationsOf('Date', had, wanted)).toBe(relations)
  })
})

describe('Bool', () => {
  it.each<[string, ContextScalar, boolean]>([
    ['true', 'true', true],
    ['true', 'TRUE', true],
    ['True', true, true],
    ['false', false, true],
    ['true', 'false', false],
    ['false', 'true', false],
    ['true', '1', false],
    ['true', 1, false],
    ['false', 0, false],
    ['false', '', false],
    ['true', 'yes', false],
    ['true', ' true', false],
    ['yes', 'yes', false],
    ['${a:b}', 'true', false],
  ])('of `%s` and `%s`: %s', (wanted, had, verdict) => {
    expect(holds('Bool', wanted, had)).toBe(verdict)
  })
})

describe('BinaryEquals', () => {
  it.each<[string, ContextScalar, boolean]>([
    ['YQ==', 'YQ==', true],
    ['YQ==', new Uint8Array([97]), true],
    ['YWI=', new Uint8Array([97, 98]), true],
    ['YWJj', new Uint8Array([97, 98, 99]), true],
    ['', new Uint8Array(0), true],
    ['YR==', 'YQ==', true],
    ['YQ==', 'YR==', true],
    ['YQ==', 'a', false],
    ['YQ==', 'yq==', false],
    ['YQ', 'YQ', false],
    ['Y Q=', 'Y Q=', false],
    ['a', 'a', false],
  ])('of `%s` and `%s`: %s', (wanted, had, verdict) => {
    expect(holds('BinaryEquals', wanted, had)).toBe(verdict)
  })
})

describe('IpAddress', () => {
  it.each([
    ['203.0.113.0/24', '203.0.113.255', true],
    ['203.0.113.0/24', '203.0.114.0', false],
    ['203.0.113.9', '203.0.113.9', true],
    ['203.0.113.9', '203.0.113.10', false],
    ['203.0.113.77/24', '203.0.113.9', true],
    ['0.0.0.0/0', '255.255.255.255', true],
    ['0.0.0.0/0', '::1', false],
    ['::/0', '203.0.113.9', false],
    ['2001:db8::/32', '2001:0DB8:0::1', true],
    ['2001:db8::1', '2001:db8:0:0:0:0:0:1', true],
    ['203.0.113.0/24', '::ffff:203.0.113.9', true],
    ['::ffff:203.0.113.0/120', '203.0.113.9', true],
    ['203.0.113.0/24', '::FFFF:cb00:7109', true],
    ['203.0.113.0/33', '203.0.113.0', false],
    ['203.0.113.0/24', '203.0.113', false],
    ['203.0.113.0/24', '203.0.113.009', false],
    ['203.0.113.0/24', '3405803785', false],
    ['203.0.113.0/24', '203.0.113.9/32', false],
    ['203.0.113.0/24', '', false],
    ['fe80::/10', 'fe80::1%eth0', false],
  ])('of `%s` and `%s`: %s', (wanted, had, verdict) => {
    expect(holds('IpAddress', wanted, had)).toBe(verdict)
    expect(holds('NotIpAddress', wanted, had)).toBe(!verdict)
  })
})
