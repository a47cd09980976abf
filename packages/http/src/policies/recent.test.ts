import { describe, expect, it } from 'vitest'
import { Recent } from './recent.js'

describe('Recent', () => {
  it('makes a value once, and forgets what nobody has asked for in a while', () => {
    const recent = new Recent<string>(2)
    const made: string[] = []
    const ask = (key: string) => recent.get(key, () => `${key}${made.push(key)}`)
    for (const key of ['a', 'a', 'b', 'c', 'a', 'd', 'e', 'a', 'b']) expect(ask(key)[0]).toBe(key)
    expect(made).toEqual(['a', 'b', 'c', 'd', 'e', 'b'])
  })
})
