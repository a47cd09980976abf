import { describe, expect, it } from 'vitest'
import { slopeOf } from './trend.js'

describe('slopeOf', () => {
  it.each([
    ['nothing', [], 0],
    ['one point', [[1, 5]], 0],
    [
      'a level',
      [
        [0, 5],
        [1, 5],
        [2, 5],
      ],
      0,
    ],
    [
      'a rise',
      [
        [0, 1],
        [1, 3],
        [2, 5],
      ],
      2,
    ],
    [
      'a fall with noise',
      [
        [0, 10],
        [1, 9],
        [2, 9],
        [3, 8],
      ],
      -0.6,
    ],
  ])('is known of %s', (_title, pairs, slope) => {
    expect(slopeOf(pairs.map(([x = 0, y = 0]) => ({ x, y })))).toBeCloseTo(slope)
  })
})
