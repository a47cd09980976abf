import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jsonFromValue } from './from-value.js'
import type { JsonLimits, JsonNode } from './node.js'
import { readJson } from './read.js'

const limits: JsonLimits = { length: 10_000, depth: 32 }

/** The tree without places, so that trees of text and of values can be compared. */
function withoutPlaces(node: JsonNode | undefined): unknown {
  return JSON.parse(JSON.stringify(node), (key, value) =>
    key === 'start' || key === 'end' ? undefined : value,
  )
}

function problemOf(value: unknown): unknown {
  return jsonFromValue(value, limits).problem
}

class Statement {
  readonly Effect = 'Allow'
}

const cycle: Record<string, unknown> = {}
cycle.self = cycle

const revoked = Proxy.revocable({}, {})
revoked.revoke()

function thrower(): never {
  throw new Error('from a getter')
}

describe('jsonFromValue', () => {
  it('gives the tree of the text that the value stands for', () => {
    const text = '{"a":[1.5,"b",null],"c":true}'
    expect(jsonFromValue({ a: [1.5, 'b', null], c: true }, limits)).toEqual(readJson(text, limits))
  })

  it.each([
    [1e21, '1e+21'],
    [-0, '0'],
    [0.1, '0.1'],
    [-12, '-12'],
  ])('writes the number %d as %s', (value, text) => {
    expect(jsonFromValue(value, limits).node).toMatchObject({ kind: 'number', text })
  })

  it.each([
    ['an object without a prototype', Object.assign(Object.create(null), { a: 1 })],
    ['an object of another realm', runInNewContext('({ a: 1 })')],
    ['an object that hides a key from enumeration', Object.defineProperty({ a: 1 }, 'b', {})],
    ['an object with a symbol for a key', { a: 1, [Symbol('b')]: 2 }],
    ['a frozen object', Object.freeze({ a: 1 })],
    ['a well-behaved proxy', new Proxy({ a: 1 }, {})],
  ])('reads `{ a: 1 }` from %s', (_, value) => {
    const { node } = jsonFromValue(value, limits)
    expect(withoutPlaces(node)).toEqual({
      kind: 'object',
      members: [{ key: 'a', node: { kind: 'number', text: '1' } }],
    })
  })

  it('keeps an own `__proto__` as an ordinary member', () => {
    const { node } = jsonFromValue(JSON.parse('{"__proto__": "x"}'), limits)
    expect(withoutPlaces(node)).toEqual({
      kind: 'object',
      members: [{ key: '__proto__', node: { kind: 'string', text: 'x' } }],
    })
  })

  it.each([
    [() => 1, '', 'expected plain data, met `function`'],
    [{ a: Symbol('b') }, '/a', 'expected plain data, met `symbol`'],
    [{ a: [1n] }, '/a/0', 'expected plain data, met `bigint`'],
    [undefined, '', 'expected plain data, met `undefined`'],
    [{ a: undefined }, '/a', 'expected plain data, met `undefined`'],
    [['a', undefined], '/1', 'expected plain data, met `undefined`'],
    [Array(2), '/0', 'expected plain data, met `undefined`'],
    [{ 'a/b': Number.NaN }, '/a~1b', 'expected plain data, met `NaN`'],
    [[Number.NEGATIVE_INFINITY], '/0', 'expected plain data, met `-Infinity`'],
    [{ a: '\ud83d' }, '/a', 'expected valid Unicode, met the lone surrogate `\\ud83d`'],
    [{ a: { '\ude00': 1 } }, '/a', 'expected valid Unicode, met the lone surrogate `\\ude00`'],
  ])('refuses %o at `%s`: %s', (value, pointer, message) => {
    expect(problemOf(value)).toMatchObject({ code: 'json-syntax-error', message, pointer })
  })

  it.each([
    ['a date', new Date(0)],
    ['a map', new Map([['Effect', 'Allow']])],
    ['an instance of a class', new Statement()],
    ['a boxed string', new String('Allow')],
    ['a regular expression', /a/],
    ['bytes', new Uint8Array(2)],
    ['an object that inherits a member', Object.create({ Condition: {} })],
    [
      'an object that inherits from an object without a prototype',
      Object.create(Object.create(null)),
    ],
  ])('refuses %s', (_, value) => {
    expect(problemOf({ a: value })).toEqual({
      code: 'json-syntax-error',
      message: 'expected plain data, met an object of another kind',
      pointer: '/a',
      offset: -1,
    })
  })

  it.each([
    [
      'a getter that throws',
      {
        a: {
          get b() {
            return thrower()
          },
        },
      },
      '/a/b',
    ],
    ['a proxy that throws on its keys', { a: new Proxy({}, { ownKeys: thrower }) }, '/a'],
    ['a proxy that throws on a member', [new Proxy({ b: 1 }, { get: thrower })], '/0/b'],
    ['a proxy that throws on its prototype', new Proxy({}, { getPrototypeOf: thrower }), ''],
    ['a revoked proxy', { a: revoked.proxy }, '/a'],
  ])('refuses %s', (_, value, pointer) => {
    expect(problemOf(value)).toEqual({
      code: 'json-syntax-error',
      message: 'expected a value that can be read, met an error while reading it',
      pointer,
      offset: -1,
    })
  })

  it('ends a cycle at the depth limit', () => {
    expect(jsonFromValue(cycle, { length: 100, depth: 3 })).toEqual({
      problem: {
        code: 'document-too-deep',
        message: 'expected at most 3 levels, met another',
        pointer: '/self/self/self',
        offset: -1,
      },
    })
  })

  it('refuses 100,000 levels without going down all of them', () => {
    const value: unknown = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000))
    expect(problemOf(value)).toMatchObject({ code: 'document-too-deep' })
  })

  it('never asks a `toJSON`, which could speak for its object', () => {
    const hidden = Object.defineProperty({ a: 1 }, 'toJSON', { value: () => ({ b: 2 }) })
    expect(jsonFromValue({ c: hidden }, limits)).toEqual(readJson('{"c":{"a":1}}', limits))
    expect(problemOf({ a: { toJSON: () => 1 } })).toMatchObject({ pointer: '/a/toJSON' })
  })

  it('counts a value that stands in many places as often as it stands there', () => {
    let value: unknown = 1
    for (let level = 0; level < 30; level++) value = [value, value]
    expect(problemOf(value)).toMatchObject({
      code: 'document-too-long',
      message: 'expected at most 10000 values, met more',
    })
  })

  it('gives the tree that readJson gives for its text, for every JSON value', () => {
    const property = fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
      const { node } = jsonFromValue(value, limits)
      expect(withoutPlaces(node)).toEqual(
        withoutPlaces(readJson(JSON.stringify(value), limits).node),
      )
    })
    fc.assert(property)
  })

  it('answers with a tree or a problem, for every value', () => {
    const anything = fc.anything({
      withBigInt: true,
      withBoxedValues: true,
      withDate: true,
      withMap: true,
      withNullPrototype: true,
      withSet: true,
      withSparseArray: true,
      withTypedArray: true,
    })
    const property = fc.property(anything, (value) => {
      const { node, problem } = jsonFromValue(value, limits)
      expect(node === undefined).toBe(problem !== undefined)
    })
    fc.assert(property)
  })
})
