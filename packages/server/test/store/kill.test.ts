import { describe, expect, it } from 'vitest'
import { databaseKinds } from './databases.js'
import { killUnderLoad } from './kill.js'

/** Kills; more with `npm run thorough`, and many with `npm run faults`. */
const ROUNDS = process.env['IAMKIT_THOROUGH'] === undefined ? 1 : 3

describe.each(databaseKinds)('a server on %s that is killed under load', (kind) => {
  it('has lost no acknowledged write, and done nothing by halves', async () => {
    const { acknowledged, lost, halves } = await killUnderLoad(kind, ROUNDS)
    expect(acknowledged).toBeGreaterThan(0)
    expect(lost).toEqual([])
    expect(halves).toEqual([])
  }, 120_000)
})
