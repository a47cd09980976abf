import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatAmzDate, parseAmzDate } from './amz-date.js'

const anyDate = fc.date({
  min: new Date('0001-01-01T00:00:00Z'),
  max: new Date('9999-12-31T23:59:59Z'),
  noInvalidDate: true,
})

describe('formatAmzDate', () => {
  it('cuts to whole seconds', () => {
    expect(formatAmzDate(new Date('2015-08-30T12:36:00.999Z'))).toBe('20150830T123600Z')
  })

  it('refuses a date that is none', () => {
    expect(() => formatAmzDate(new Date(Number.NaN))).toThrow(RangeError)
  })
})

describe('parseAmzDate', () => {
  it('undoes formatAmzDate, for every second', () => {
    const property = fc.property(anyDate, (date) => {
      const text = formatAmzDate(date)
      expect(parseAmzDate(text)?.getTime()).toBe(Math.floor(date.getTime() / 1000) * 1000)
    })
    fc.assert(property)
  })

  it.each([
    '',
    '20150830',
    '20150830T123600',
    '20150830t123600z',
    '20150830T123600Z ',
    '20150230T123600Z',
    '20151301T000000Z',
    '20150830T240000Z',
    '20150830T126000Z',
    '2015-08-30T12:36:00Z',
    '+20150830T123600Z',
    '２0150830T123600Z',
    '20150830T123600Z\n',
  ])('refuses `%s`', (text) => {
    expect(parseAmzDate(text)).toBeUndefined()
  })
})
