import { describe, expect, it } from 'vitest'
import { Timeline } from './timeline.js'

describe('Timeline', () => {
  const timeline = new Timeline<string>()
  timeline.begin('a', 0)
  timeline.settle(1)
  timeline.begin('b', 100)
  timeline.settle(150)

  it.each([
    ['before a change', 10, 99, ['a']],
    ['across the writing', 90, 110, ['a', 'b']],
    ['while it is unknown which is in force', 120, 130, ['a', 'b']],
    ['across the first sight', 140, 200, ['a', 'b']],
    ['after it', 151, 200, ['b']],
  ] as const)('knows what may decide %s', (...[, start, end, values]) => {
    expect(timeline.between(start, end)).toEqual(values)
  })

  it('keeps both in doubt until the newer is seen', () => {
    timeline.begin('c', 300)
    expect(timeline.between(5000, 5001)).toEqual(['b', 'c'])
  })
})
