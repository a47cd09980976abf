import { describe, expect, it } from 'vitest'
import { StreamClock } from './stream-clock.js'

describe('StreamClock', () => {
  it('takes no line for newer than it is, however long it was on its way', () => {
    let now = 1_000
    const clock = new StreamClock(() => now)
    now += 40
    expect(clock.ageOf(' staleness=0.500 at=77000')).toBe(540)
    now += 5_000
    expect(clock.ageOf(' staleness=0.000 at=82000')).toBe(40)
    now += 60_000
    expect(clock.ageOf(' staleness=0.000 at=87000')).toBe(55_040)
  })

  it('takes nobody for being ahead', () => {
    const clock = new StreamClock(() => 0)
    clock.ageOf(' staleness=0.000 at=0')
    expect(clock.ageOf(' staleness=2.000 at=9000')).toBe(2_000)
  })

  it.each(['', ' hello', ' staleness=1', ' staleness=-1 at=2', ' at=5'])(
    'says nothing of `%s`',
    (comment) => {
      expect(new StreamClock().ageOf(comment)).toBeUndefined()
    },
  )
})
