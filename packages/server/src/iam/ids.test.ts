import { describe, expect, it } from 'vitest'
import { newAccessKeyId, newId, newSecret } from './ids.js'

describe('ids', () => {
  it('have the form that AWS gives them', () => {
    expect(newId('AROA')).toMatch(/^AROA[A-Z2-7]{17}$/)
    expect(newAccessKeyId()).toMatch(/^AKIA[A-Z2-7]{16}$/)
    expect(newAccessKeyId('ASIA')).toMatch(/^ASIA[A-Z2-7]{16}$/)
    expect(newSecret()).toMatch(/^[A-Za-z0-9+/]{40}$/)
  })

  it('are not given twice', () => {
    const ids = new Set(Array.from({ length: 1000 }, () => newId('AIDA')))
    expect(ids.size).toBe(1000)
  })
})
