import { describe, expect, it } from 'vitest'
import { firstFlaw, flawOf, NO_VARIABLE } from './flaw.js'

describe('flawOf', () => {
  it('says the code in words, the value, and what would be right', () => {
    expect(flawOf('missing-statement').message).toBe('missing statement')
    expect(flawOf('invalid-effect', 'allow').message).toBe('invalid effect `allow`')
    expect(flawOf('invalid-effect', 'allow', 'expected `Allow` or `Deny`')).toEqual({
      code: 'invalid-effect',
      message: 'invalid effect `allow`; expected `Allow` or `Deny`',
    })
    expect(flawOf('empty-not-list', undefined, 'it would match everything').message).toBe(
      'empty not list; it would match everything',
    )
  })

  it('shows an empty value, and cuts a long one', () => {
    expect(flawOf('invalid-action', '').message).toBe('invalid action ``')
    expect(flawOf('invalid-action', 'a'.repeat(1_000_000)).message.length).toBeLessThan(250)
  })
})

describe('firstFlaw', () => {
  const rules = [NO_VARIABLE, [/a/, 'has-an-a', 'expected none'], [/b/, 'has-a-b']] as const

  it('is that of the first rule that a value breaks', () => {
    expect(firstFlaw('ba', rules)?.message).toBe('has an a `ba`; expected none')
    expect(firstFlaw('b${a}', rules)?.code).toBe('variable-unsupported-in-element')
    expect(firstFlaw('c', rules)).toBeUndefined()
  })
})
