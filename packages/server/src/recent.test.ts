import { describe, expect, it } from 'vitest'
import { Recent } from './recent.js'

describe('Recent', () => {
  it('lets go of what was not asked for the longest', () => {
    const recent = new Recent<number>(2)
    recent.set('a', 1)
    recent.set('b', 2)
    expect(recent.get('a')).toBe(1)
    recent.set('c', 3)
    expect([recent.get('a'), recent.get('b'), recent.get('c')]).toEqual([1, undefined, 3])
  })

  it('makes a thing once, and keeps nothing of one that could not be made', () => {
    const recent = new Recent<number>(2)
    const fail = () => {
      throw new Error('no')
    }
    expect(() => recent.getOr('a', fail)).toThrow('no')
    expect(recent.getOr('a', () => 1)).toBe(1)
    expect(recent.getOr('a', fail)).toBe(1)
  })
})
