import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compilePrefix, literalPattern, startsWithAny } from './literal.js'

const special = fc.stringMatching(/^[ab\\^$.*+?()[\]{}|/\n-]{0,12}$/)

describe('compilePrefix', () => {
  it('agrees with startsWith, for every prefix and text', () => {
    const property = fc.property(special, special, (prefix, rest) => {
      expect(compilePrefix(prefix)(prefix + rest)).toBe(true)
      expect(compilePrefix(prefix)(rest)).toBe(rest.startsWith(prefix))
    })
    fc.assert(property)
  })
})

describe('literalPattern', () => {
  it('agrees with comparing each in turn, for every list of literals', () => {
    const literal = fc.record({ text: special, isWhole: fc.boolean() })
    const property = fc.property(
      fc.array(literal, { minLength: 1, maxLength: 5 }),
      special,
      (literals, text) => {
        const expected = literals.some(({ text: one, isWhole }) =>
          isWhole ? text === one : text.startsWith(one),
        )
        expect(literalPattern(literals).test(text)).toBe(expected)
        expect(startsWithAny(text, literals)).toBe(expected)
      },
    )
    fc.assert(property)
  })

  it('does not take a line break at the end for nothing', () => {
    expect(literalPattern([{ text: 'arn:aws:docs', isWhole: true }]).test('arn:aws:docs\n')).toBe(
      false,
    )
  })
})
