import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { childPointer, nodeAt, stepsOf } from './pointer.js'
import { readJson } from './read.js'

describe('childPointer', () => {
  it.each([
    ['', 'Statement', '/Statement'],
    ['/Statement', 0, '/Statement/0'],
    ['', '', '/'],
    ['/Condition', 'aws:RequestTag/a~b', '/Condition/aws:RequestTag~1a~0b'],
    ['', '~1', '/~01'],
  ])('points from `%s` to `%s`', (pointer, key, child) => {
    expect(childPointer(pointer, key)).toBe(child)
  })

  it('keeps every step apart, for every path', () => {
    const property = fc.property(fc.array(fc.string()), (path) => {
      const pointer = path.reduce<string>((parent, key) => childPointer(parent, key), '')
      expect(stepsOf(pointer)).toEqual(path)
    })
    fc.assert(property)
  })
})

describe('nodeAt', () => {
  const root =
    readJson('{"a": [1, {"b": 2}], "c": {"d": 3}}', { length: 100, depth: 8 }).node ??
    expect.fail('no JSON')

  it.each([
    [[], 0],
    [['a'], 6],
    [['a', 0], 7],
    [['a', '1', 'b'], 16],
    [['c', 'd'], 32],
  ])('finds the value at %j', (path, start) => {
    expect(nodeAt(root, path).start).toBe(start)
  })

  it('leaves out a step that leads nowhere, as an index into a single value', () => {
    expect(nodeAt(root, ['c', 0, 'd']).start).toBe(32)
    expect(nodeAt(root, ['a', 2]).start).toBe(6)
    expect(nodeAt(root, ['c', 'd', 0, 'e']).start).toBe(32)
  })
})
