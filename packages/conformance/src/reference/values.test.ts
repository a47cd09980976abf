import { describe, expect, it } from 'vitest'
import { arnLike } from './arn.js'
import { binaryEquals } from './binary.js'
import { compareDates } from './date.js'
import { ipInRange } from './ip.js'
import { compareNumbers } from './number.js'
import { partsOf, piecesOf } from './variable.js'
import { patternMatches } from './wildcard.js'

const setting = { version: '2012-10-17' as const, context: { 'docs:text': 'a:*' } }

describe('compareNumbers', () => {
  it.each([
    ['10', '10.0', 0],
    ['1e1', '10', 0],
    ['-0', '0.0', 0],
    ['9', '10', -1],
    ['-10', '9', -1],
    ['-1e400', '-1e399', -1],
    ['1e-400', '0', 1],
    ['9007199254740993', '9007199254740992', 1],
    ['0.10', '0.1', 0],
    ['10abc', '10', undefined],
    ['', '0', undefined],
    ['.5', '0.5', undefined],
    ['9'.repeat(65), '1', undefined],
  ])('puts %s and %s in order: %s', (left, right, order) => {
    expect(compareNumbers(left, right)).toBe(order)
  })
})

describe('compareDates', () => {
  it.each([
    ['2024-01-01T00:00:00Z', '2024-01-01T01:00:00+01:00', 0],
    ['2024-01-01T00:00:00Z', '1704067200', 0],
    ['2024-01', '2024-01-01', 0],
    ['2024-01-01T00:00:00.000000001Z', '2024-01-01T00:00:00Z', 1],
    ['2024-02-29', '2024-03-01', -1],
    ['1969-12-31T23:59:59Z', '-1', 0],
    ['0001-01-01', '-62135596800', 0],
    ['2000-03-01', '951868800', 0],
    ['2024-02-30', '2024-01-01', undefined],
    ['2024-01-01T24:00:00Z', '0', undefined],
    ['2023-02-29', '0', undefined],
    ['yesterday', '0', undefined],
  ])('puts %s and %s in order: %s', (left, right, order) => {
    expect(compareDates(left, right)).toBe(order)
  })
})

describe('ipInRange', () => {
  it.each([
    ['203.0.113.0/24', '203.0.113.9', true],
    ['203.0.113.9/24', '203.0.113.200', true],
    ['203.0.113.0/24', '203.0.114.9', false],
    ['203.0.113.9', '203.0.113.9', true],
    ['0.0.0.0/0', '::1', false],
    ['2001:db8::/32', '2001:DB8:0:0:0:0:0:1', true],
    ['2001:db8::1', '2001:db8::2', false],
    ['203.0.113.0/24', '::ffff:203.0.113.9', true],
    ['::ffff:203.0.113.0/120', '203.0.113.9', true],
    ['::/0', '::ffff:203.0.113.9', false],
    ['203.0.113.0/33', '203.0.113.0', false],
    ['203.0.113.0/24', '203.0.113.009', false],
    ['::/0', '1::2::3', false],
  ])('asks whether %s holds %s: %s', (range, address, isIn) => {
    expect(ipInRange(range, address)).toBe(isIn)
  })
})

describe('binaryEquals', () => {
  it.each([
    ['QQ==', 'QQ==', true],
    ['', '', true],
    ['QQ==', 'QUE=', false],
    ['QQ', 'QQ', false],
    ['Q Q=', 'Q Q=', false],
  ])('compares the bytes of `%s` and `%s`: %s', (wanted, had, isEqual) => {
    expect(binaryEquals(wanted, had)).toBe(isEqual)
  })
})

describe('arnLike', () => {
  it.each([
    ['arn:aws:docs:*:*:a/*', 'arn:aws:docs:x:1:a/b:c', true],
    ['arn:aws:docs:*:a/*', 'arn:aws:docs:x:1:a/b', false],
    ['arn:aws:docs:::${docs:text}', 'arn:aws:docs:::a:*', true],
    ['arn:aws:docs:::${docs:text}', 'arn:aws:docs:::a:b', false],
    ['arn:aws:docs:${docs:text}:b', 'arn:aws:docs:a:*:b', false],
    ['*', 'arn:aws:docs:::a', false],
    ['not:an:arn:at:all:x', 'not:an:arn:at:all:x', false],
  ])('compares %s with %s part by part: %s', (wanted, had, isLike) => {
    expect(arnLike(wanted, had, setting)).toBe(isLike)
  })
})

describe('partsOf', () => {
  it.each(['${', '${}', '${a', '${a, b}', "${a, 'b}", "${a, 'b'c}", '${ a}', '${a b}', '${${a}}'])(
    'gives nothing for the malformed %s',
    (value) => {
      expect(partsOf(value, '2012-10-17')).toBeUndefined()
    },
  )

  it('leaves everything as it is under the older version', () => {
    expect(partsOf('${a', '2008-10-17')).toEqual([{ kind: 'written', text: '${a' }])
  })
})

describe('piecesOf', () => {
  it('keeps apart what was written and what was put in', () => {
    expect(piecesOf("*${*}${DOCS:text}${no/such tag, 'it''s'}", setting)).toEqual([
      { kind: 'written', text: '*' },
      { kind: 'literal', text: '*' },
      { kind: 'literal', text: 'a:*' },
      { kind: 'literal', text: "it's" },
    ])
  })

  it('has no value where a variable has none', () => {
    expect(piecesOf('a${no:such}', setting)).toBeUndefined()
  })
})

describe('patternMatches', () => {
  it.each([
    ['a*c', 'abbc', true],
    ['a*c', 'ac', true],
    ['a?c', 'ac', false],
    ['*', '', true],
    ['a', 'ab', false],
    ['??', '😀', true],
  ])('asks whether %s stands for %s: %s', (pattern, text, isMatch) => {
    expect(patternMatches(pattern, text)).toBe(isMatch)
  })
})
