import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonLimits, JsonNode } from './node.js'
import { readJson } from './read.js'

const limits: JsonLimits = { length: 1_000_000, depth: 64 }
const wide: JsonLimits = { length: 20_000_000, depth: 64 }

function read(text: string, within = limits): JsonNode {
  const { node, problem } = readJson(text, within)
  if (problem) expect.fail(problem.message)
  return node
}

function plainOf(node: JsonNode): unknown {
  if (node.kind === 'array') return node.items.map(plainOf)
  if (node.kind === 'string') return node.text
  if (node.kind !== 'object') return JSON.parse(node.text)
  return Object.fromEntries(node.members.map((member) => [member.key, plainOf(member.node)]))
}

function nodesOf(node: JsonNode): readonly JsonNode[] {
  if (node.kind === 'array') return [node, ...node.items.flatMap(nodesOf)]
  if (node.kind !== 'object') return [node]
  return [node, ...node.members.flatMap((member) => nodesOf(member.node))]
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const anyIndent = fc.constantFrom('', ' ', '\t', '\n', '\r\n  ')
const anyJson = fc
  .tuple(fc.jsonValue({ stringUnit: 'binary' }), anyIndent)
  .map(([value, indent]) => `${indent}${JSON.stringify(value, null, indent)}${indent}`)

/** JSON with one character put in, taken out or replaced. */
const nearJson = fc
  .record({
    value: fc.jsonValue({ stringUnit: fc.constantFrom('a', '"', '\\', '/', '\n', '\u0001', 'é') }),
    at: fc.nat(),
    removed: fc.nat(1),
    added: fc.constantFrom('', ...'{}[]:,"\\-+.eE019 \t\n\v\u00a0\ufeff\u0000tfnu/*\'`'),
  })
  .map(({ value, at, removed, added }) => {
    const text = JSON.stringify(value)
    const start = at % (text.length + 1)
    return text.slice(0, start) + added + text.slice(start + removed)
  })

describe('readJson', () => {
  it('gives a tree in which every value and every key has its place', () => {
    expect(read(' {"a": [1.50, "b"], "c": {"d": null, "e": true}} ')).toEqual({
      kind: 'object',
      start: 1,
      end: 48,
      members: [
        {
          key: 'a',
          start: 2,
          node: {
            kind: 'array',
            start: 7,
            end: 18,
            items: [
              { kind: 'number', text: '1.50', start: 8, end: 12 },
              { kind: 'string', text: 'b', start: 14, end: 17 },
            ],
          },
        },
        {
          key: 'c',
          start: 20,
          node: {
            kind: 'object',
            start: 25,
            end: 47,
            members: [
              { key: 'd', start: 26, node: { kind: 'null', text: 'null', start: 31, end: 35 } },
              {
                key: 'e',
                start: 37,
                node: { kind: 'boolean', text: 'true', start: 42, end: 46 },
              },
            ],
          },
        },
      ],
    })
  })

  it('keeps a repeated key, also where only an escape hides it', () => {
    const node = read('{"a": 1, "\\u0061": 2, "a": 3}')
    expect(node.kind === 'object' && node.members.map((member) => member.key)).toEqual([
      'a',
      'a',
      'a',
    ])
  })

  it('keeps `__proto__` and `constructor` as ordinary keys', () => {
    const node = read('{"__proto__": {"Effect": "Allow"}, "constructor": 1}')
    expect(node.kind === 'object' && node.members.map((member) => member.key)).toEqual([
      '__proto__',
      'constructor',
    ])
  })

  it.each([
    '9007199254740993',
    '-0',
    '0.10',
    '1E+02',
    '1e999999',
    '123456789012345678901234567890',
  ])('keeps the number %s as written', (text) => {
    expect(read(text)).toEqual({ kind: 'number', text, start: 0, end: text.length })
  })

  it.each([
    ['"\\"\\\\\\/\\b\\f\\n\\r\\t"', '"\\/\b\f\n\r\t'],
    ['"\\u00e9\\u00E9\\u0000"', 'éé\0'],
    ['"\\ud83d\\ude00 \ud83d\ude00"', '\ud83d\ude00 \ud83d\ude00'],
    ['"\u007f\u2028\ufeff"', '\u007f\u2028\ufeff'],
  ])('decodes the string %s', (text, value) => {
    expect(read(text)).toEqual({ kind: 'string', text: value, start: 0, end: text.length })
  })

  it.each([
    ['', 'expected a value, met the end', '@0'],
    ['  ', 'expected a value, met the end', '@2'],
    ['\ufeff{}', 'expected a value, met `\\ufeff`', '@0'],
    ['\u00a0{}', 'expected a value, met `\\u00a0`', '@0'],
    ['{"a": 1, }', 'expected a key in double quotes, met `}`', '@9'],
    ["{'a': 1}", "expected a key in double quotes, met `'`", '@1'],
    ['{a: 1}', 'expected a key in double quotes, met `a`', '@1'],
    ['{', 'expected a key in double quotes, met the end', '@1'],
    ['{"a" 1}', 'expected `:` after a key, met `1`', '@5'],
    ['{"a": }', 'expected a value, met `}`', '/a@6'],
    ['{"a": 1 x}', 'expected `,` or `}`, met `x`', '@8'],
    ['{"a": [1, {"b": 2]}', 'expected `,` or `}`, met `]`', '/a/1@17'],
    ['{"a": 1', 'expected `,` or `}`, met the end', '@7'],
    ['[1, ]', 'expected a value, met `]`', '/1@4'],
    ['[1 2]', 'expected `,` or `]`, met `2`', '@3'],
    ['[1}', 'expected `,` or `]`, met `}`', '@2'],
    ['{} {}', 'expected nothing after the document, met `{`', '@3'],
    ['1 // one', 'expected nothing after the document, met `/`', '@2'],
    ['/* one */ 1', 'expected a value, met `/`', '@0'],
    ['[NaN]', 'expected a value, met `N`', '/0@1'],
    ['-Infinity', 'expected a value, met `-`', '@0'],
    ['+1', 'expected a value, met `+`', '@0'],
    ['.5', 'expected a value, met `.`', '@0'],
    ['5.', 'expected nothing after the document, met `.`', '@1'],
    ['[01]', 'expected `,` or `]`, met `1`', '@2'],
    ['[0x10]', 'expected `,` or `]`, met `x`', '@2'],
    ['True', 'expected a value, met `T`', '@0'],
    ['nulls', 'expected nothing after the document, met `s`', '@4'],
    ['["a\nb"]', 'expected `"` at the end of a string, met `\\u000a`', '/0@3'],
    ['"a\u0000"', 'expected `"` at the end of a string, met `\\u0000`', '@2'],
    ['{"a": "b', 'expected `"` at the end of a string, met the end', '/a@8'],
    ['{"a', 'expected `"` at the end of a string, met the end', '@3'],
    ['"\\x41"', 'expected `n`, `u0041` or another escape after `\\`, met `x`', '@2'],
    ['"\\u12G4"', 'expected `n`, `u0041` or another escape after `\\`, met `u`', '@2'],
    ['"\\', 'expected `n`, `u0041` or another escape after `\\`, met the end', '@2'],
    ['["\\ud83d"]', 'expected valid Unicode, met the lone surrogate `\\ud83d`', '/0@1'],
    ['["\ude00\ud83d"]', 'expected valid Unicode, met the lone surrogate `\\ude00`', '/0@1'],
    [
      '{"a/b": {"\\udead": 1}}',
      'expected valid Unicode, met the lone surrogate `\\udead`',
      '/a~1b@9',
    ],
    ['[😀]', 'expected a value, met `😀`', '/0@1'],
  ])('refuses `%s`: %s', (text, message, place) => {
    const { problem } = readJson(text, limits)
    expect(problem).toMatchObject({ code: 'json-syntax-error', message })
    expect(`${problem?.pointer}@${problem?.offset}`).toBe(place)
  })

  it('refuses a text above the length limit, and reads one at it', () => {
    expect(readJson('[1, 2]', { length: 5, depth: 1 })).toEqual({
      problem: {
        code: 'document-too-long',
        message: 'expected at most 5 characters, met 6',
        pointer: '',
        offset: 0,
      },
    })
    expect(plainOf(read('[1, 2]', { length: 6, depth: 1 }))).toEqual([1, 2])
  })

  it('refuses nesting above the depth limit, and reads nesting at it', () => {
    expect(readJson('[{"a": []}]', { length: 100, depth: 2 })).toEqual({
      problem: {
        code: 'document-too-deep',
        message: 'expected at most 2 levels, met `[`',
        pointer: '/0/a',
        offset: 7,
      },
    })
    expect(plainOf(read('[{"a": 1}]', { length: 100, depth: 2 }))).toEqual([{ a: 1 }])
  })

  it('refuses 100,000 levels without going down all of them', () => {
    const arrays = '['.repeat(100_000) + ']'.repeat(100_000)
    expect(readJson(arrays, limits).problem).toMatchObject({
      code: 'document-too-deep',
      offset: 64,
    })
    const objects = readJson('{"a":'.repeat(100_000), limits)
    expect(objects.problem).toMatchObject({ code: 'document-too-deep', offset: 320 })
  })

  it('counts the characters of the text, blanks between values left out', () => {
    expect(readJson(' {"a b": [1,\n\t" c "]}\r\n', limits)).toMatchObject({ length: 17 })
    expect(readJson('"\\u0020 "', limits)).toMatchObject({ length: 9 })
  })

  it.each([
    ['one string', `"${'a'.repeat(10_000_000)}"`],
    ['one number', '1'.repeat(10_000_000)],
    ['blanks', `${' '.repeat(10_000_000)}1`],
    ['escapes', `"${'\\n'.repeat(5_000_000)}"`],
    ['small items', `[${'0,'.repeat(5_000_000)}0]`],
    ['one repeated key', `{${'"a":1,'.repeat(1_600_000)}"a":1}`],
  ])('reads ten million characters in bounded time: %s', { timeout: 30_000 }, (_, text) => {
    expect(readJson(text, wide).problem).toBeUndefined()
  })

  it('reads the value that JSON.parse reads, for every JSON text', () => {
    const property = fc.property(anyJson, (text) => {
      expect(plainOf(read(text))).toStrictEqual(JSON.parse(text))
    })
    fc.assert(property, { numRuns: 500 })
  })

  it('gives each value the place it came from, for every JSON text', () => {
    const property = fc.property(anyJson, (text) => {
      for (const node of nodesOf(read(text))) {
        expect(JSON.parse(text.slice(node.start, node.end))).toStrictEqual(plainOf(node))
      }
    })
    fc.assert(property)
  })

  it('refuses what JSON.parse refuses and nothing else, for every near miss', () => {
    const property = fc.property(nearJson, (text) => {
      expect(readJson(text, limits).problem === undefined).toBe(isJson(text))
    })
    fc.assert(property, { numRuns: 3_000 })
  })

  it('answers with a tree or a problem on one line, for every text', () => {
    const property = fc.property(fc.string({ unit: 'binary' }), (text) => {
      const { node, problem } = readJson(text, limits)
      expect(node === undefined).toBe(problem !== undefined)
      if (problem)
        expect(problem.message).toMatch(
          /^expected [\x20-\x7e]+, met (the end|[\p{L}\p{M}\p{N}\p{P}\p{S} ]+)$/u,
        )
    })
    fc.assert(property)
  })
})
