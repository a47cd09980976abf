import { describe, expect, it } from 'vitest'
import { withHostileClock } from './hostile-clock.js'

describe('withHostileClock', () => {
  it.each<[string, () => unknown]>([
    ['Date.now()', () => Date.now()],
    ['new Date()', () => new Date()],
    ['Date()', () => Date()],
    ['Math.random()', () => Math.random()],
  ])('refuses %s', (what, ask) => {
    expect(() => withHostileClock(ask)).toThrow(`\`${what}\` was asked`)
  })

  it('leaves dates that are told the time alone', () => {
    const date = new Date(0)
    expect(withHostileClock(() => date instanceof Date && new Date(5).getTime())).toBe(5)
  })

  it('is over when the function has ended, even in an error', () => {
    expect(() => withHostileClock(() => Math.random())).toThrow()
    expect(Date.now()).toBeGreaterThan(0)
    expect(Math.random()).toBeLessThan(1)
  })
})
