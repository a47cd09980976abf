import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compareRound, createTally, type Tally } from './compare.js'
import { type Database, openDatabase } from './database.js'

let db: Database
beforeAll(async () => {
  db = await openDatabase()
}, 60_000)
afterAll(async () => {
  await db.destroy()
})

const total = (counts: ReadonlyMap<string, number>) =>
  [...counts.values()].reduce((sum, count) => sum + count, 0)

describe('a filter', () => {
  const tally: Tally = createTally()

  it('selects what `evaluate` allows, in memory, by SQL and by Prisma, for every policy set', async () => {
    for (const seed of [1, 2, 3, 4]) {
      await compareRound({ db, tally, seed, runs: 100, rows: 40 })
    }
    expect(tally.sets).toBe(400)
  }, 120_000)

  it('was tried on filters of every kind, of which few cannot be translated', () => {
    expect(tally.kinds.all).toBeGreaterThan(20)
    expect(tally.kinds.none).toBeGreaterThan(50)
    expect(tally.kinds.where).toBeGreaterThan(50)
    expect(tally.allowed).toBeGreaterThan(1000)
    expect(total(tally.untranslatable)).toBeLessThan(tally.sets * 0.2)
    expect(total(tally.untranslatable)).toBeGreaterThan(0)
    expect(total(tally.beyondSql)).toBeLessThan(tally.sets * 0.05)
  })
})
