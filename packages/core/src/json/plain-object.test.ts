import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { isPlainObject } from './plain-object.js'

class Statement {
  readonly Effect = 'Allow'
}

describe('isPlainObject', () => {
  it.each([
    ['a literal', {}],
    ['an object without a prototype', Object.create(null)],
    ['an object of another realm', runInNewContext('({ a: 1 })')],
    ['what JSON.parse makes of an own `__proto__`', JSON.parse('{"__proto__": {"a": 1}}')],
  ])('holds for %s', (_, value) => {
    expect(isPlainObject(value)).toBe(true)
  })

  it.each([
    ['null', null],
    ['text', 'a'],
    ['a function', () => 1],
    ['an array', []],
    ['a Map', new Map([['a', 1]])],
    ['a Map of another realm', runInNewContext('new Map([["a", 1]])')],
    ['an array of another realm', runInNewContext('[1]')],
    ['a date', new Date(0)],
    ['query parameters', new URLSearchParams('a=1')],
    ['an instance of a class', new Statement()],
    ['an object that inherits its members', Object.create({ a: 1 })],
    [
      'an object that inherits them from one without a prototype',
      Object.create(Object.create(null)),
    ],
  ])('does not hold for %s', (_, value) => {
    expect(isPlainObject(value)).toBe(false)
  })
})
