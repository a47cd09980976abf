import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { childPointer } from './pointer.js'

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
      const steps = pointer.split('/').slice(1)
      expect(steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))).toEqual(path)
    })
    fc.assert(property)
  })
})
