import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandom } from './random.js'

describe('createRandom', () => {
  it('says the same numbers for the same seed', () => {
    const { below } = createRandom(7)
    expect([below(100), below(100), below(100), below(100)]).toEqual([1, 6, 97, 69])
  })

  it('stays below the limit, for every seed and limit', () => {
    const property = fc.property(fc.integer(), fc.integer({ min: 1, max: 1e9 }), (seed, limit) => {
      const value = createRandom(seed).below(limit)
      expect(Number.isInteger(value) && value >= 0 && value < limit).toBe(true)
    })
    fc.assert(property)
  })

  it('keeps what it shuffles, for every list', () => {
    const property = fc.property(fc.array(fc.integer()), fc.integer(), (list, seed) => {
      const sorted = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b)
      expect(sorted(createRandom(seed).shuffle(list))).toEqual(sorted(list))
    })
    fc.assert(property)
  })
})
