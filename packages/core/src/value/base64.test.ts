import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatBase64, parseBase64 } from './base64.js'

const anyBytes = fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes))
const nearBase64 = fc.string({
  unit: fc.constantFrom('A', 'b', '9', '+', '/', '=', '-', '_', ' '),
  maxLength: 12,
})

describe('parseBase64', () => {
  it.each(['', 'Zg==', 'Zm8=', 'Zm9v', 'Zm9vYg==', '+/+/', 'QmluYXJ5VmFsdWVJbkJhc2U2NA=='])(
    'keeps `%s`',
    (text) => {
      expect(parseBase64(text)).toBe(text)
    },
  )

  it.each([
    ['YR==', 'YQ=='],
    ['Y///Yf==', 'Y///YQ=='],
    ['//==', '/w=='],
    ['YWJ=', 'YWI='],
    ['///=', '//8='],
  ])('brings `%s` to `%s`, the same bytes', (text, canonical) => {
    expect(parseBase64(text)).toBe(canonical)
  })

  it.each([
    'Z',
    'Zg',
    'Zg=',
    'Zg===',
    'Z===',
    '====',
    '==',
    '=',
    'Zm9v=',
    'Zm9vZg',
    'Zg==Zg==',
    'Z=g=',
    '=Zg=',
    'Zm 9v',
    ' Zm9v',
    'Zm9v\n',
    'Zm9v\r\n',
    '-_-_',
    'Zm9é',
    '{{{{',
    'Zm9v\0',
  ])('refuses `%s`', (text) => {
    expect(parseBase64(text)).toBeUndefined()
  })

  it('reads ten million characters', () => {
    expect(parseBase64('A'.repeat(10_000_000))).toHaveLength(10_000_000)
    expect(parseBase64(`${'A'.repeat(9_999_999)}*`)).toBeUndefined()
  })

  it('keeps what an encoder writes, for every sequence of bytes', () => {
    const property = fc.property(anyBytes, (bytes) => {
      const text = bytes.toString('base64')
      expect(parseBase64(text)).toBe(text)
    })
    fc.assert(property)
  })

  it('gives equal texts for equal bytes and no others, for every near miss', () => {
    const property = fc.property(nearBase64, (text) => {
      const canonical = parseBase64(text)
      const isWhole = /^[A-Za-z\d+/]*={0,2}$/.test(text) && text.length % 4 === 0
      const bytes = Buffer.from(text, 'base64')
      const isBase64 = isWhole && bytes.toString('base64').length === text.length
      expect(canonical).toBe(isBase64 ? bytes.toString('base64') : undefined)
    })
    fc.assert(property, { numRuns: 2_000 })
  })
})

describe('formatBase64', () => {
  it('writes what Buffer writes, for every run of bytes', () => {
    const property = fc.property(anyBytes, (bytes) => {
      expect(formatBase64(bytes)).toBe(bytes.toString('base64'))
    })
    fc.assert(property)
  })
})
