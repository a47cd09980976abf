import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { median, quantile, quiet } from './statistics.js'

const values = fc.array(fc.double({ noNaN: true }), { minLength: 1 })

describe('quantile', () => {
  it.each([
    [0, 1],
    [0.1, 2],
    [0.5, 6],
    [0.99, 10],
    [1, 10],
  ])('finds the value at %s', (q, value) => {
    expect(quantile([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], q)).toBe(value)
  })

  it('says NaN of nothing', () => {
    expect(quantile([], 0.5)).toBeNaN()
  })

  it('is one of the values, and never falls as the share grows, for every list', () => {
    const property = fc.property(values, (list) => {
      const found = [0, 0.1, 0.5, 0.9, 1].map((q) => quantile(list, q))
      expect(found.every((one) => list.includes(one))).toBe(true)
      expect([...found].sort((a, b) => a - b)).toEqual(found)
    })
    fc.assert(property)
  })
})

describe('median and quiet', () => {
  it('stand at a half and at a tenth', () => {
    const list = [5, 1, 4, 2, 3, 9, 8, 7, 6, 0]
    expect([median(list), quiet(list)]).toEqual([5, 1])
  })
})
