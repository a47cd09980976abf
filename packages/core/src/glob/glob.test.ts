import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ANY, compileGlob, type GlobToken, matchGlob, ONE, parseGlob } from './glob.js'

const matches = (pattern: string, text: string) => compileGlob(parseGlob(pattern))(text)

/** Few letters, so that patterns and texts often meet. */
const nearText = fc.stringMatching(/^[ab]{0,12}$/)
const nearPattern = fc.stringMatching(/^[ab*?]{0,10}$/)
const anyToken: fc.Arbitrary<GlobToken> = fc.constantFrom<GlobToken>('', 'a', 'ab', '*', ANY, ONE)

/** The same question put to the language's own matcher. */
function expressionOf(tokens: readonly GlobToken[]): RegExp {
  const source = tokens.map((token) =>
    token === ANY ? '[^]*' : token === ONE ? '[^]' : token.replaceAll('*', '\\*'),
  )
  return new RegExp(`^${source.join('')}$`)
}

describe('parseGlob', () => {
  it.each([
    ['', []],
    ['abc', ['abc']],
    ['*', [ANY]],
    ['a*b?c', ['a', ANY, 'b', ONE, 'c']],
    ['a**b', ['a', ANY, 'b']],
    ['a*?*b', ['a', ANY, ONE, ANY, 'b']],
    ['??', [ONE, ONE]],
  ])('takes `%s` apart', (pattern, tokens) => {
    expect(parseGlob(pattern)).toEqual(tokens)
  })
})

describe('compileGlob', () => {
  it.each([
    ['', '', true],
    ['', 'a', false],
    ['*', '', true],
    ['*', 'a/b:c', true],
    ['?', '', false],
    ['?', 'a', true],
    ['?', 'ab', false],
    ['abc', 'abc', true],
    ['abc', 'abcd', false],
    ['abc', 'xabc', false],
    ['abc', 'ABC', false],
    ['abc*', 'abc', true],
    ['abc*', 'ab', false],
    ['*abc', 'xabc', true],
    ['*abc', 'abcx', false],
    ['a*a', 'a', false],
    ['a*a', 'aa', true],
    ['a*b*c', 'a-b-b-c', true],
    ['a*b*c', 'a-c-b', false],
    ['*ab*ab*', 'ab', false],
    ['*ab*ab*', 'xabyabz', true],
    ['*?b', 'b', false],
    ['*?b', 'ab', true],
    ['*a?c*', 'aac', true],
    ['*a?c*', 'abbcabc', true],
    ['*??', 'a', false],
    ['*??', 'aa', true],
    ['?*?', 'a', false],
    ['.+', 'aa', false],
    ['[ab]', 'a', false],
    ['a\nb', 'a\nb', true],
    ['a?b', 'a\nb', true],
  ])('puts `%s` to `%s`: %s', (pattern, text, verdict) => {
    expect(matches(pattern, text)).toBe(verdict)
  })

  it('finds a long run with gaps on bits as it finds a short one', () => {
    const run = `${'?a'.repeat(100)}b`
    expect(matches(`*${run}*`, `${'x'.repeat(300)}${'ya'.repeat(100)}b${'x'.repeat(50)}`)).toBe(
      true,
    )
    expect(matches(`*${run}*`, `${'x'.repeat(300)}${'ya'.repeat(99)}b${'x'.repeat(50)}`)).toBe(
      false,
    )
    expect(matches(`*${run}c*b`, `${'ya'.repeat(400)}b${'ya'.repeat(100)}bc-b`)).toBe(true)
    expect(matches(`*${'?'.repeat(70)}z*`, `${'x'.repeat(70)}z`)).toBe(true)
    expect(matches(`*${'?'.repeat(71)}z*`, `${'x'.repeat(70)}z`)).toBe(false)
  })

  it('counts a character outside the basic plane as two', () => {
    expect(matches('?', '👍')).toBe(false)
    expect(matches('??', '👍')).toBe(true)
  })

  it('ends for 2,000 stars that a text almost satisfies', () => {
    expect(matches('a*'.repeat(2000), 'a'.repeat(1999))).toBe(false)
    expect(matches('a*'.repeat(2000), 'a'.repeat(2000))).toBe(true)
    expect(matches(`${'*a'.repeat(2000)}b`, 'a'.repeat(100_000))).toBe(false)
    expect(matches(`${'*?'.repeat(2000)}b`, 'a'.repeat(100_000))).toBe(false)
    expect(matches(`*${'a?'.repeat(1000)}b*`, 'a'.repeat(20_000))).toBe(false)
  })
})

describe('matchGlob', () => {
  it('takes a literal token for literal text, stars included', () => {
    expect(matchGlob(['a*', ANY], 'a*b')).toBe(true)
    expect(matchGlob(['a*', ANY], 'ab')).toBe(false)
  })

  it('ends where an empty text stands between stars', () => {
    expect(matchGlob([ANY, '', 'a', ANY], 'bbb')).toBe(false)
    expect(matchGlob([ANY, '', ONE, 'a', ANY], 'bba')).toBe(true)
    expect(matchGlob([''], '')).toBe(true)
    expect(matchGlob(['', ANY, ''], 'b')).toBe(true)
  })

  it('agrees with a regular expression, for every list of tokens and text', () => {
    const property = fc.property(fc.array(anyToken, { maxLength: 8 }), nearText, (tokens, text) => {
      expect(matchGlob(tokens, text)).toBe(expressionOf(tokens).test(text))
    })
    fc.assert(property, { numRuns: 2000 })
  })

  it('agrees with compileGlob, for every pattern and text', () => {
    const property = fc.property(nearPattern, nearText, (pattern, text) => {
      const tokens = parseGlob(pattern)
      expect(compileGlob(tokens)(text)).toBe(matchGlob(tokens, text))
    })
    fc.assert(property, { numRuns: 2000 })
  })
})
