import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encode, encodePathAgain, encodePathOnce, encodeQueryPart } from './percent-encoding.js'

const ascii = fc.string({ maxLength: 30 })

describe('encode', () => {
  it.each([
    ["a b!'()*/+~-._", 'a%20b%21%27%28%29%2A%2F%2B~-._'],
    ['ä€', '%C3%A4%E2%82%AC'],
    ['', ''],
  ])('encodes `%s` as `%s`', (text, encoded) => {
    expect(encode(text)).toBe(encoded)
  })

  it('is undone by decodeURIComponent, for every text', () => {
    const property = fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(encode(text)).toMatch(/^([\w.~-]|%[0-9A-F]{2})*$/)
      expect(decodeURIComponent(encode(text))).toBe(text)
    })
    fc.assert(property)
  })
})

describe('encodePathAgain', () => {
  it.each([
    ['/a/b', '/a/b'],
    ['/a%2Fb', '/a%252Fb'],
    ['/a%2fb', '/a%252fb'],
    ['/(a):b@c', '/%28a%29%3Ab%40c'],
    ['/\t', '/%09'],
  ])('encodes `%s` as `%s`', (path, encoded) => {
    expect(encodePathAgain(path)).toBe(encoded)
  })

  it('tells two paths apart, for every two', () => {
    const property = fc.property(ascii, ascii, (a, b) => {
      expect(encodePathAgain(a) === encodePathAgain(b)).toBe(a === b)
    })
    fc.assert(property)
  })
})

describe('encodePathOnce', () => {
  it.each([
    ['/a%2Fb', '/a%2Fb'],
    ['/a%2fb', '/a%2fb'],
    ['/%2e%2E', '/%2e%2E'],
    ['/(a)+', '/%28a%29%2B'],
  ])('encodes `%s` as `%s`', (path, encoded) => {
    expect(encodePathOnce(path)).toBe(encoded)
  })
})

describe('encodeQueryPart', () => {
  it.each([
    ['a b', 'a%20b'],
    ['a+b', 'a%20b'],
    ['a%2Bb', 'a%2Bb'],
    ['%41%7e%2f', 'A~%2F'],
    ['a/b?c[d]', 'a%2Fb%3Fc%5Bd%5D'],
    ['%ff', '%FF'],
    ['a=b', 'a%3Db'],
  ])('spells `%s` as `%s`', (part, spelled) => {
    expect(encodeQueryPart(part)).toBe(spelled)
  })

  it('knows what a form would read alike, for every two parts', () => {
    const part = fc.stringMatching(/^([ab+]|%41|%61|%2[0bB]){0,3}$/)
    const read = (text: string) => new URLSearchParams(`x=${text}`).get('x')
    const property = fc.property(part, part, (a, b) => {
      expect(encodeQueryPart(a) === encodeQueryPart(b)).toBe(read(a) === read(b))
    })
    fc.assert(property, { numRuns: 500 })
  })
})
