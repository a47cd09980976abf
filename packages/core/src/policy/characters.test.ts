import { describe, expect, it } from 'vitest'
import { hasControlCharacter, isLatin1 } from './characters.js'

describe('hasControlCharacter', () => {
  it('sees what nobody else sees', () => {
    expect(['\u0000', 'a\n', '\t', '\u001f', '\u007f'].map(hasControlCharacter)).toEqual([
      true,
      true,
      true,
      true,
      true,
    ])
  })

  it('lets every script pass', () => {
    expect(['', 'Team reads!', '\u0080', 'ä文👍'].map(hasControlCharacter)).toEqual([
      false,
      false,
      false,
      false,
    ])
  })
})

describe('isLatin1', () => {
  it('takes tab, line ends and U+0020 to U+00FF', () => {
    expect(['', '\t\n\r ~\u007f\u0080ÿ'].map(isLatin1)).toEqual([true, true])
  })

  it('refuses other control characters and everything above', () => {
    expect(['\u0000', '\u000b', '\u001f', 'Ā', '文', '👍', 'a\nĀ'].map(isLatin1)).toEqual([
      false,
      false,
      false,
      false,
      false,
      false,
      false,
    ])
  })
})
