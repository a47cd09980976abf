import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPositions } from './position.js'

const anyText = fc.string({ unit: fc.constantFrom('a', '\n', '\r', '\r\n'), maxLength: 30 })

describe('createPositions', () => {
  it.each([
    [0, 1, 1],
    [2, 1, 3],
    [3, 2, 1],
    [4, 2, 2],
    [5, 2, 3],
    [6, 3, 1],
    [7, 4, 1],
    [8, 4, 2],
  ])('finds offset %i of four lines on line %i, column %i', (offset, line, column) => {
    expect(createPositions('ab\nc\r\n\rd')(offset)).toEqual({ line, column, offset })
  })

  it('finds the only place of an empty text', () => {
    expect(createPositions('')(0)).toEqual({ line: 1, column: 1, offset: 0 })
  })

  it('finds a last line that is empty', () => {
    expect(createPositions('a\n')(2)).toEqual({ line: 2, column: 1, offset: 2 })
  })

  it('counts the line ends before it, for every text and offset', () => {
    const property = fc.property(anyText, fc.nat(60), (text, seed) => {
      const offset = seed % (text.length + 1)
      const isInsidePair = text[offset - 1] === '\r' && text[offset] === '\n'
      const lines = text.slice(0, isInsidePair ? offset - 1 : offset).split(/\r\n|\r|\n/)
      const position = createPositions(text)(offset)
      expect(position.line).toBe(lines.length)
      expect(position.column).toBe((lines.at(-1)?.length ?? 0) + (isInsidePair ? 2 : 1))
    })
    fc.assert(property)
  })

  it('answers a hundred thousand questions about a hundred thousand lines', () => {
    const positionAt = createPositions('ab\n'.repeat(100_000))
    for (let line = 1; line <= 100_000; line++) {
      if (positionAt(line * 3 - 2).line !== line) expect.fail(`line ${line}`)
    }
    expect(positionAt(300_000)).toEqual({ line: 100_001, column: 1, offset: 300_000 })
  })
})
