import { describe, expect, it } from 'vitest'
import { databaseKinds } from './databases.js'
import { killUnderLoad } from './kill.js'

describe.each(databaseKinds)('a server on %s that is killed under load', (kind) => {
  it('has lost no acknowledged write, and done nothing by halves', async () => {
    const { acknowledged, lost, halves } = await killUnderLoad(kind, 3)
    expect(acknowledged).toBeGreaterThan(0)
    expect(lost).toEqual([])
    expect(halves).toEqual([])
  }, 120_000)
})
