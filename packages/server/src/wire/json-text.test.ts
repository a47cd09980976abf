import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readJsonText } from './json-text.js'

const message = (problem: string) => `The request body cannot be read: ${problem}.`

describe('readJsonText', () => {
  it('reads what `JSON.stringify` writes, for every value', () => {
    const property = fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
      const text = JSON.stringify(value)
      expect(readJsonText(text)).toEqual(JSON.parse(text))
    })
    fc.assert(property)
  })

  it('throws nothing but its own fault, for every text that is nearly JSON', () => {
    const parts = fc.constantFrom('{', '}', '[', ']', ':', ',', '"a"', '"', '\\', '1', 'null', ' ')
    const property = fc.property(fc.array(parts, { maxLength: 12 }), (texts) => {
      try {
        readJsonText(texts.join(''))
      } catch (error) {
        expect(error).toMatchObject({ name: 'Fault', code: 'SerializationException', status: 400 })
      }
    })
    fc.assert(property)
  })

  it.each([
    ['{"a":1,"b":{"c":1,"c":2}}', 'a key stands twice in one object'],
    ['{"a":1,"\\u0061":2}', 'a key stands twice in one object'],
    ['{"a":', 'it is not JSON'],
    ['', 'it is not JSON'],
  ])('refuses `%s`: %s', (text, problem) => {
    expect(() => readJsonText(text)).toThrow(message(problem))
  })

  it.each([
    [65, 'it has more than 64 levels'],
    [1_000_000, 'it has more than 64 levels'],
  ])('refuses %d levels', (levels, problem) => {
    expect(() => readJsonText('['.repeat(levels))).toThrow(message(problem))
  })

  it('refuses more than 200,000 values', () => {
    const text = `[${'0,'.repeat(200_001)}0]`
    expect(() => readJsonText(text)).toThrow(message('it has more than 200000 values'))
  })

  it('keeps a key `__proto__` as any other', () => {
    const value = readJsonText('{"__proto__":{"isAdmin":true}}') as Record<string, unknown>
    expect(Object.keys(value)).toEqual(['__proto__'])
    expect(value['isAdmin']).toBeUndefined()
  })
})
