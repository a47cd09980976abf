import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareInstants, type Instant, parseInstant } from './instant.js'

function instant(text: string): Instant {
  return parseInstant(text) ?? expect.fail(`\`${text}\` is no date`)
}

const anyDate = fc.date({
  min: new Date('0000-01-01T00:00:00Z'),
  max: new Date('9999-12-31T23:59:59.999Z'),
  noInvalidDate: true,
})

function twoDigits(number: number): string {
  return String(number).padStart(2, '0')
}

describe('parseInstant', () => {
  it.each([
    ['2024-01', 1_704_067_200],
    ['2024-01-01', 1_704_067_200],
    ['2024-01-01T00:00Z', 1_704_067_200],
    ['2024-01-01T00:00:00Z', 1_704_067_200],
    ['2024-01-01T01:00:00+01:00', 1_704_067_200],
    ['2023-12-31T18:30:00-05:30', 1_704_067_200],
    ['2024-01-01T00:00+00:00', 1_704_067_200],
    ['2024-01-01T00:00-00:00', 1_704_067_200],
    ['2024-01-01T00:00', 1_704_067_200],
    ['2024-01-01T00:00:00', 1_704_067_200],
    ['1704067200', 1_704_067_200],
    ['2024-02-29', 1_709_164_800],
    ['2000-02-29', 951_782_400],
    ['2024-12-31T23:59:59Z', 1_735_689_599],
    ['1970-01-01', 0],
    ['1969-12-31T23:59:59Z', -1],
    ['-1', -1],
    ['0000-01-01', -62_167_219_200],
    ['0000-01-01T00:00+23:59', -62_167_305_540],
    ['9999-12-31T23:59:59Z', 253_402_300_799],
    ['2024', 2024],
    ['0', 0],
    ['1704067200000', 1_704_067_200_000],
    ['999999999999999', 999_999_999_999_999],
  ])('reads `%s`', (text, seconds) => {
    expect(parseInstant(text)).toEqual({ seconds, nanoseconds: 0 })
  })

  it.each([
    ['2024-01-01T00:00:00.5Z', 500_000_000],
    ['2024-01-01T00:00:00.05', 50_000_000],
    ['2024-01-01T00:00:00.000000001Z', 1],
    ['2024-01-01T00:00:00.999999999Z', 999_999_999],
    ['2024-01-01T00:00:00.9999999999Z', 999_999_999],
    ['2024-01-01T01:00:00.25+01:00', 250_000_000],
  ])('reads the fraction of `%s`', (text, nanoseconds) => {
    expect(parseInstant(text)).toEqual({ seconds: 1_704_067_200, nanoseconds })
  })

  it('counts a fraction forwards before 1970 too', () => {
    expect(parseInstant('1969-12-31T23:59:59.25Z')).toEqual({
      seconds: -1,
      nanoseconds: 250_000_000,
    })
  })

  it.each([
    '2024-02-30',
    '2023-02-29',
    '1900-02-29',
    '2024-04-31',
    '2024-01-00',
    '2024-00-01',
    '2024-13-01',
    '2024-00',
    '2024-13',
    '2024-01-32',
    '2024-01-01T24:00',
    '2024-01-01T24:00:00Z',
    '2024-01-01T25:00Z',
    '2024-01-01T00:60Z',
    '2024-01-01T00:00:60Z',
    '2016-12-31T23:59:60Z',
    '2024-01-01T00:00+24:00',
    '2024-01-01T00:00+00:60',
  ])('refuses the impossible `%s`', (text) => {
    expect(parseInstant(text)).toBeUndefined()
  })

  it.each([
    '',
    ' ',
    ' 2024-01-01',
    '2024-01-01 ',
    '2024-01-01\n',
    '2024-1-1',
    '24-01-01',
    '02024-01-01',
    '-2024-01-01',
    '+2024-01-01',
    '2024-01-01Z',
    '2024-01-01T',
    '2024-01-01T00',
    '2024-01-01T00Z',
    '2024-01-01T0:00Z',
    '2024-01-01 00:00Z',
    '2024-01-01t00:00Z',
    '2024-01-01T00:00z',
    '2024-01-01T00:00:00.Z',
    '2024-01-01T00:00:00,5Z',
    '2024-01-01T00:00.5Z',
    '2024-01-01T00:00+01',
    '2024-01-01T00:00+0100',
    '2024-01-01T00:00+1:00',
    '2024-01-01T00:00Z+01:00',
    '2024-001',
    '2024-W01-1',
    '20240101T000000Z',
    '1704067200.5',
    '1e9',
    '0x10',
    '--1',
    '+',
    '+1704067200',
    '1000000000000000',
    '٢٠٢٤',
    'Mon, 01 Jan 2024 00:00:00 GMT',
    `2024-01-01T00:00:00.${'0'.repeat(60)}Z`,
  ])('refuses the misspelt `%s`', (text) => {
    expect(parseInstant(text)).toBeUndefined()
  })

  it('refuses ten million digits at once', () => {
    expect(parseInstant('1'.repeat(10_000_000))).toBeUndefined()
    expect(parseInstant(`2024-01-01T00:00:00.${'0'.repeat(10_000_000)}`)).toBeUndefined()
  })

  it('reads what Date prints, for every date', () => {
    const property = fc.property(anyDate, (date) => {
      const { seconds, nanoseconds } = instant(date.toISOString())
      expect(seconds * 1_000 + nanoseconds / 1_000_000).toBe(date.getTime())
    })
    fc.assert(property, { numRuns: 1_000 })
  })

  it('takes a zone for a shift, for every date and zone', () => {
    const minutes = fc.integer({ min: -1_439, max: 1_439 })
    const property = fc.property(anyDate, minutes, (date, shift) => {
      const local = date.toISOString().slice(0, -1)
      const size = Math.abs(shift)
      const zone = `${twoDigits(Math.floor(size / 60))}:${twoDigits(size % 60)}`
      const shifted = instant(`${local}${shift < 0 ? '-' : '+'}${zone}`)
      expect(shifted.seconds + shift * 60).toBe(instant(local).seconds)
    })
    fc.assert(property)
  })

  it('knows which days there are, for every year, month and day', () => {
    const year = fc.integer({ min: 0, max: 9_999 })
    const anyDay = fc.tuple(year, fc.integer({ min: 1, max: 12 }), fc.integer({ min: 27, max: 32 }))
    const property = fc.property(anyDay, ([year, month, day]) => {
      const date = new Date(0)
      date.setUTCFullYear(year, month - 1, day)
      const text = `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(day)}`
      expect(parseInstant(text) !== undefined).toBe(date.getUTCDate() === day)
    })
    fc.assert(property, { numRuns: 1_000 })
  })
})

describe('compareInstants', () => {
  it.each([
    ['2024-05-31T23:59:59Z', '2024-06-01T00:00:00Z'],
    ['1969-12-31T23:59:59Z', '0'],
    ['2024-01-01T00:00:00Z', '2024-01-01T00:00:00.000000001Z'],
    ['1969-12-31T23:59:59.5Z', '1969-12-31T23:59:59.75Z'],
    ['2024-01-01T00:00:00+01:00', '2024-01-01T00:00:00Z'],
    ['2024-06-01', '1704067200000'],
    ['2024', '1970-01-02'],
  ])('puts %s before %s', (earlier, later) => {
    expect(compareInstants(instant(earlier), instant(later))).toBeLessThan(0)
    expect(compareInstants(instant(later), instant(earlier))).toBeGreaterThan(0)
  })

  it.each([
    ['2024-01-01T00:00:00Z', '2024-01-01T01:00:00+01:00'],
    ['2024-01-01T00:00:00Z', '1704067200'],
    ['2024-01', '2024-01-01T00:00'],
    ['2024-01-01T00:00:00.1Z', '2024-01-01T00:00:00.1000000009Z'],
    ['-0', '1970-01-01'],
  ])('finds %s and %s to be one instant', (one, other) => {
    expect(compareInstants(instant(one), instant(other)) === 0).toBe(true)
  })

  it('orders as their times do, for every two dates', () => {
    const property = fc.property(anyDate, anyDate, (a, b) => {
      const order = compareInstants(instant(a.toISOString()), instant(b.toISOString()))
      expect(Math.sign(order)).toBe(Math.sign(a.getTime() - b.getTime()))
    })
    fc.assert(property)
  })
})
