import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Formula } from './formula.js'
import { likeTest, spellingsOf } from './text-test.js'

const tag = { tag: 'team' }
const param = { param: 'folderId' }
const refuse = (obstacle: string): Formula => {
  throw new Error(obstacle)
}

describe('likeTest', () => {
  it.each<[string, Formula, Formula]>([
    ['a text', likeTest(tag, ['e', 'ng'], refuse), { field: tag, is: 'in', values: ['eng'] }],
    ['an empty text', likeTest(tag, [], refuse), { field: tag, is: 'in', values: [''] }],
    ['a star', likeTest(tag, [1], refuse), { field: tag, is: 'present' }],
    [
      'neighbours',
      likeTest(tag, ['a', 'b', 1], refuse),
      { field: tag, is: 'like', pattern: ['ab', 1] },
    ],
    [
      'one or more of a tag',
      likeTest(tag, [2, 1], refuse),
      { field: tag, is: 'like', pattern: [2, 1] },
    ],
    ['one or more of a placeholder', likeTest(param, [2, 1], refuse), true],
    ['a text that no ARN can hold', likeTest(param, ['..'], refuse), false],
  ])('asks for %s', (_, formula, wanted) => {
    expect(formula).toEqual(wanted)
  })

  it.each([['\0'], ['\ud83d']])('refuses a text that no database holds', (text) => {
    expect(() => likeTest(tag, [text, 1], refuse)).toThrow('which no database holds')
    expect(() => likeTest(tag, [text], refuse)).toThrow('which no database holds')
  })
})

describe('spellingsOf', () => {
  it('lists every text with the same lower case', () => {
    expect(spellingsOf('')).toEqual([''])
    expect(spellingsOf('A1')).toEqual(['a1', 'A1'])
    expect(spellingsOf('k')).toEqual(['k', 'K', '\u212a'])
    expect(spellingsOf('abcdefgh')).toHaveLength(256)
  })

  it.each(['abcdefghi', 'é', 'İ', 'ß'])('gives up on `%s`', (text) => {
    expect(spellingsOf(text)).toBeUndefined()
  })

  it('leaves none out, for every character', () => {
    const listed = new Set(
      'abcdefghijklmnopqrstuvwxyz0123456789-_ '.split('').flatMap((one) => spellingsOf(one) ?? []),
    )
    const property = fc.property(fc.integer({ min: 0, max: 0xffff }), (code) => {
      const one = String.fromCharCode(code)
      const isFolded = /^[a-z0-9\-_ ]$/.test(one.toLowerCase())
      expect(listed.has(one)).toBe(isFolded)
    })
    fc.assert(property, { numRuns: 5000 })
  })
})
