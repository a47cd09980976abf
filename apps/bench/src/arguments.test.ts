import { describe, expect, it } from 'vitest'
import { readArguments } from './arguments.js'

describe('readArguments', () => {
  it('takes nothing for everything', () => {
    expect(readArguments([])).toEqual({
      parts: ['W1', 'W2', 'W3', 'W4', 'W5', 'W6', 'W7', 'W8', 'garbage', 'hostile', 'server'],
      isWhole: true,
      check: false,
      types: false,
      long: false,
    })
  })

  it('takes the parts that are named, in their order', () => {
    const { parts, isWhole, check } = readArguments(['W5', '--check', 'W1'])
    expect({ parts, isWhole, check }).toEqual({ parts: ['W1', 'W5'], isWhole: false, check: true })
  })

  it.each(['W9', 'w1', '--fast', '-c'])('refuses `%s`', (word) => {
    expect(() => readArguments(['W1', word])).toThrow(`unknown \`${word}\``)
  })
})
