import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loneSurrogate } from './surrogate.js'

describe('loneSurrogate', () => {
  it.each([
    ['\ud83d', 'U+D83D'],
    ['a\ude00b', 'U+DE00'],
    ['\ude00\ud83d', 'U+DE00'],
    ['\ud83d\ud83d\ude00', 'U+D83D'],
  ])('names the first half without its other half: case %#', (text, name) => {
    expect(loneSurrogate(text)).toBe(name)
  })

  it('finds none in a pair', () => {
    expect(loneSurrogate('a\ud83d\ude00b')).toBeUndefined()
  })

  it('finds none, for every text of whole characters', () => {
    const property = fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(loneSurrogate(text)).toBeUndefined()
    })
    fc.assert(property)
  })
})
