import { describe, expect, it } from 'vitest'
import { createLimiter } from './limiter.js'

const at = (seconds: number) => new Date(seconds * 1000)
const throttled = expect.objectContaining({ code: 'Throttling', message: 'Rate exceeded' })

describe('createLimiter', () => {
  it('lets a burst pass, then as many as come back', () => {
    const { take } = createLimiter({ perSecond: 2, burst: 3 })
    for (let i = 0; i < 3; i += 1) take('ada', at(0))
    expect(() => take('ada', at(0))).toThrow(throttled)
    expect(() => take('ada', at(0.4))).toThrow(throttled)
    take('ada', at(0.5))
    expect(() => take('ada', at(0.5))).toThrow(throttled)
    for (let i = 0; i < 3; i += 1) take('ada', at(100))
    expect(() => take('ada', at(100))).toThrow(throttled)
  })

  it('counts each caller alone', () => {
    const { take } = createLimiter({ perSecond: 1, burst: 1 })
    take('ada', at(0))
    take('bob', at(0))
    expect(() => take('bob', at(0))).toThrow(throttled)
  })

  it('says whether there is one, and takes none for it', () => {
    const { take, has } = createLimiter({ perSecond: 2, burst: 1 })
    expect(has('ada', at(0))).toBe(true)
    take('ada', at(0))
    expect([has('ada', at(0.4)), has('bob', at(0.4)), has('ada', at(0.5))]).toEqual([
      false,
      true,
      true,
    ])
    take('ada', at(0.5))
  })

  it('gives nothing for a clock that goes back', () => {
    const { take } = createLimiter({ perSecond: 1, burst: 1 })
    take('ada', at(10))
    expect(() => take('ada', at(0))).toThrow(throttled)
  })
})
