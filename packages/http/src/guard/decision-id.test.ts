import { describe, expect, it } from 'vitest'
import { decisionId } from './decision-id.js'

describe('decisionId', () => {
  it('is a random UUID, another one each time', () => {
    const ids = Array.from({ length: 1000 }, decisionId)
    for (const id of ids) {
      expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
    }
    expect(new Set(ids).size).toBe(1000)
  })
})
