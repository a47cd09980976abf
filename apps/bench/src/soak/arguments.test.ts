import { describe, expect, it } from 'vitest'
import { readSoakArguments } from './arguments.js'

describe('readSoakArguments', () => {
  it.each([
    [[], 10],
    [['--minutes', '1'], 1],
    [['--minutes', '0.5'], 0.5],
  ])('reads %j', (words, minutes) => {
    expect(readSoakArguments(words)).toEqual({ minutes })
  })

  it.each([[['--minutes']], [['--minutes', 'x']], [['--minutes', '0']], [['--hours', '1']]])(
    'refuses %j',
    (words) => {
      expect(() => readSoakArguments(words)).toThrow('expected `--minutes N`, from 0 to 1440')
    },
  )
})
