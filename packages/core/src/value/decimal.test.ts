import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareDecimals, type Decimal, parseDecimal } from './decimal.js'

function decimal(text: string): Decimal {
  return parseDecimal(text) ?? expect.fail(`\`${text}\` is no number`)
}

/** `units` × 10^-`places`, written with or without an exponent. */
const anyNumber = fc.record({
  units: fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
  places: fc.nat(20),
})
const closeNumber = fc.record({ units: fc.bigInt({ min: -120n, max: 120n }), places: fc.nat(3) })

function written(number: { units: bigint; places: number }): string {
  const digits = String(number.units < 0n ? -number.units : number.units).padStart(21, '0')
  const point = digits.length - number.places
  const sign = number.units < 0n ? '-' : ''
  return `${sign}${digits.slice(0, point)}${number.places > 0 ? '.' : ''}${digits.slice(point)}`
}

describe('parseDecimal', () => {
  it.each([
    ['10', { sign: 1, magnitude: 2, digits: '1' }],
    ['10.0', { sign: 1, magnitude: 2, digits: '1' }],
    ['1e1', { sign: 1, magnitude: 2, digits: '1' }],
    ['+10', { sign: 1, magnitude: 2, digits: '1' }],
    ['010', { sign: 1, magnitude: 2, digits: '1' }],
    ['-12.50', { sign: -1, magnitude: 2, digits: '125' }],
    ['0.0070', { sign: 1, magnitude: -2, digits: '7' }],
    ['1E-3', { sign: 1, magnitude: -2, digits: '1' }],
    ['1.5e+999999999', { sign: 1, magnitude: 1_000_000_000, digits: '15' }],
    ['1e-999999999999999', { sign: 1, magnitude: -999_999_999_999_998, digits: '1' }],
    ['0', { sign: 0, magnitude: 0, digits: '' }],
    ['-0', { sign: 0, magnitude: 0, digits: '' }],
    ['0.00e5', { sign: 0, magnitude: 0, digits: '' }],
  ])('reads `%s`', (text, number) => {
    expect(parseDecimal(text)).toEqual(number)
  })

  it.each([
    '',
    ' ',
    ' 10',
    '10 ',
    '10\n',
    '+',
    '-',
    '--1',
    '.5',
    '5.',
    '.',
    '1.2.3',
    '10abc',
    '0x10',
    '1_000',
    '1,5',
    'NaN',
    'Infinity',
    'e5',
    '1e',
    '1e+',
    '1e1.5',
    '1e1000000000000000',
    '1e-1000000000000000',
    '٣',
  ])('refuses `%s`', (text) => {
    expect(parseDecimal(text)).toBeUndefined()
  })

  it('reads 64 digits and refuses 65, wherever the point stands', () => {
    expect(parseDecimal('7'.repeat(64))?.digits).toBe('7'.repeat(64))
    expect(parseDecimal(`${'7'.repeat(32)}.${'7'.repeat(32)}`)?.digits).toBe('7'.repeat(64))
    expect(parseDecimal(`-0.${'7'.repeat(63)}e-999999`)?.digits).toBe('7'.repeat(63))
    expect(parseDecimal('7'.repeat(65))).toBeUndefined()
    expect(parseDecimal(`${'7'.repeat(32)}.${'7'.repeat(33)}`)).toBeUndefined()
    expect(parseDecimal(`0${'7'.repeat(64)}`)).toBeUndefined()
  })

  it('refuses ten million digits as fast as 65', () => {
    expect(parseDecimal('1'.repeat(10_000_000))).toBeUndefined()
    expect(parseDecimal(`1e${'1'.repeat(10_000_000)}`)).toBeUndefined()
  })

  it('reads every finite number as JavaScript prints it, for every double', () => {
    const property = fc.property(fc.double({ noDefaultInfinity: true, noNaN: true }), (number) => {
      const { sign, magnitude, digits } = decimal(String(number))
      expect(sign * Number(`0.${digits}e${magnitude}`) + 0).toBe(number + 0)
    })
    fc.assert(property)
  })
})

describe('compareDecimals', () => {
  it.each([
    ['5', '10'],
    ['9', '10'],
    ['-10', '-9'],
    ['-1', '0'],
    ['0', '0.000001'],
    ['-0.1', '0.1'],
    ['0.09', '0.1'],
    ['0.1', '0.11'],
    ['-0.11', '-0.1'],
    ['9007199254740992', '9007199254740993'],
    ['1e999999998', '1e999999999'],
    ['-1e999999999', '1e-999999999'],
    ['9.99e999999999999998', '1e999999999999999'],
  ])('puts %s before %s', (less, more) => {
    expect(compareDecimals(decimal(less), decimal(more))).toBeLessThan(0)
    expect(compareDecimals(decimal(more), decimal(less))).toBeGreaterThan(0)
  })

  it.each([
    ['10', '10.0'],
    ['10', '1e1'],
    ['0.10', '0.1'],
    ['-0', '0'],
    ['-2.50', '-25e-1'],
    ['+1', '1'],
  ])('finds %s equal to %s', (one, other) => {
    expect(compareDecimals(decimal(one), decimal(other))).toBe(0)
  })

  it.each([
    ['far apart', anyNumber],
    ['close together', closeNumber],
  ])('agrees with whole-number arithmetic, for every two numbers %s', (_, number) => {
    const property = fc.property(number, number, (a, b) => {
      const difference = a.units * 10n ** BigInt(b.places) - b.units * 10n ** BigInt(a.places)
      const order = compareDecimals(decimal(written(a)), decimal(written(b)))
      expect(Math.sign(order)).toBe(difference < 0n ? -1 : difference > 0n ? 1 : 0)
    })
    fc.assert(property, { numRuns: 1_000 })
  })

  it('takes an exponent for a moved point, for every number', () => {
    const property = fc.property(anyNumber, ({ units, places }) => {
      const moved = decimal(`${units}e-${places}`)
      expect(compareDecimals(moved, decimal(written({ units, places })))).toBe(0)
    })
    fc.assert(property)
  })
})
