import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareDecimals, parseDecimal } from '../value/decimal.js'
import { parseInstant } from '../value/instant.js'
import { plainDate, plainNumber } from './plain-value.js'

describe('plainNumber', () => {
  it.each([
    ['10', '10'],
    ['+010.50', '10.5'],
    ['1e3', '1000'],
    ['-12.5E-3', '-0.0125'],
    ['-0.0', '0'],
    ['0.1', '0.1'],
    ['123456789012345678901234567890', '123456789012345678901234567890'],
    ['1e101', false],
    ['1e-400', false],
    ['ten', undefined],
    ['1.', undefined],
  ])('writes `%s`', (text, plain) => {
    expect(plainNumber(text)).toBe(plain)
  })

  it('keeps the number, for every number', () => {
    const property = fc.property(
      fc.bigInt(),
      fc.integer({ min: -60, max: 20 }),
      (digits, power) => {
        const text = `${digits % 10n ** 30n}e${power}`
        const plain = plainNumber(text) || ''
        const [a, b] = [parseDecimal(text), parseDecimal(plain)]
        expect(plain).not.toMatch(/e|\.\d*0$/)
        expect(b === undefined || (a && compareDecimals(a, b) === 0)).toBe(true)
      },
    )
    fc.assert(property)
  })
})

describe('plainDate', () => {
  it.each([
    ['2024', '1970-01-01T00:33:44Z'],
    ['2024-02', '2024-02-01T00:00:00Z'],
    ['2024-01-01T01:00:00.50+01:00', '2024-01-01T00:00:00.5Z'],
    ['-1', '1969-12-31T23:59:59Z'],
    ['9999-12-31T23:59:59.123456789Z', '9999-12-31T23:59:59.123456789Z'],
    ['0000-12-31', false],
    ['1704067200000', false],
    ['yesterday', undefined],
  ])('writes `%s`', (text, plain) => {
    expect(plainDate(text)).toBe(plain)
  })

  it('keeps the instant, for every instant', () => {
    const instant = fc.integer({ min: -62_135_596_800, max: 253_402_300_799 })
    const property = fc.property(instant, (seconds) => {
      expect(parseInstant(plainDate(String(seconds)) || '')).toEqual({ seconds, nanoseconds: 0 })
    })
    fc.assert(property)
  })
})
