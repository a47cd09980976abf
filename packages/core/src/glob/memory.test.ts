import { describe, expect, it } from 'vitest'
import { Memory } from './memory.js'

describe('Memory', () => {
  it('keeps what it was given', () => {
    const cache = new Memory<string, number>(2)
    cache.set('a', 1)
    expect(cache.get('a')).toBe(1)
    expect(cache.get('b')).toBeUndefined()
  })

  it('keeps what is asked for through a flood of other keys', () => {
    const cache = new Memory<string, number>(4)
    cache.set('wanted', 1)
    for (let i = 0; i < 1000; i++) {
      cache.set(`flood ${i}`, i)
      expect(cache.get('wanted')).toBe(1)
    }
  })

  it('forgets what nobody asks for, and holds twice its size at the most', () => {
    const cache = new Memory<string, number>(4)
    for (let i = 0; i < 100; i++) cache.set(`key ${i}`, i)
    const held = Array.from({ length: 100 }, (_, i) => cache.get(`key ${i}`)).filter(
      (value) => value !== undefined,
    )
    expect(held.length).toBeLessThanOrEqual(8)
    expect(cache.get('key 0')).toBeUndefined()
  })
})
