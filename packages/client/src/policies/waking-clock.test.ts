import { describe, expect, it } from 'vitest'
import { createWakingClock } from './waking-clock.js'

function setUp() {
  let steady = 5_000
  let wall = 1_000_000
  const clock = createWakingClock(
    () => steady,
    () => wall,
  )
  return {
    clock,
    pass: (milliseconds: number, onTheWall = milliseconds) => {
      steady += milliseconds
      wall += onTheWall
      return clock()
    },
  }
}

describe('a waking clock', () => {
  it('is the steady one while nothing happens', () => {
    const { clock, pass } = setUp()
    expect(clock()).toBe(5_000)
    expect(pass(250)).toBe(5_250)
    expect(pass(250, 900)).toBe(5_500)
  })

  it('counts the hours that the machine slept, once', () => {
    const { pass } = setUp()
    expect(pass(10, 8 * 3_600_000)).toBe(5_000 + 8 * 3_600_000)
    expect(pass(90)).toBe(5_090 + 8 * 3_600_000)
  })

  it('never runs back, and counts on after the wall clock was set back', () => {
    const { pass } = setUp()
    expect(pass(10, -3_600_000)).toBe(5_010)
    expect(pass(10, 60_010)).toBe(65_020)
  })
})
