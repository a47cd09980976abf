/**
 * `npm run fuzz:filter -- [--runs N] [--seed S]`: tries filters of N random policy sets on random rows.
 *
 * Shape   prints what was compared, and how much could not be translated and why.
 * Errors  exit code 1 for a difference, with the smallest set that shows it; 2 for wrong usage.
 *
 * @module
 */
import { parseArgs } from 'node:util'
import { compareRound, createTally, type Tally } from './compare.js'
import { openDatabase } from './database.js'

const SETS_A_TABLE = 250
const ROWS = 40

function readOptions(): { readonly runs: number; readonly seed: number } | undefined {
  try {
    const { values } = parseArgs({
      options: {
        runs: { type: 'string', default: '20000' },
        seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
      },
    })
    const [runs = 0, seed = 0] = [values.runs, values.seed].map(Number)
    return Number.isSafeInteger(runs) && Number.isSafeInteger(seed) && runs > 0
      ? { runs, seed }
      : undefined
  } catch {
    return undefined
  }
}

function print(tally: Tally): void {
  const { sets, decisions, allowed, kinds, untranslatable, beyondSql, beyondPrisma } = tally
  const total = [...untranslatable.values()].reduce((sum, count) => sum + count, 0)
  console.log(`${sets} policy sets, ${decisions} decisions compared, ${allowed} of them allowed`)
  console.log(`all ${kinds.all}, none ${kinds.none}, where ${kinds.where}, untranslatable ${total}`)
  printReasons('untranslatable', untranslatable)
  printReasons('no words in SQL', beyondSql)
  printReasons('no words in Prisma', beyondPrisma)
}

function printReasons(title: string, reasons: ReadonlyMap<string, number>): void {
  for (const [reason, count] of [...reasons].sort(([, a], [, b]) => b - a)) {
    console.log(`  ${title} ${count}: ${reason}`)
  }
}

const options = readOptions()
if (options === undefined) {
  console.error('usage: npm run fuzz:filter -- [--runs N] [--seed S]')
  process.exitCode = 2
} else {
  const { runs, seed } = options
  console.log(`seed ${seed}, ${runs} policy sets, ${ROWS} rows each`)
  const db = await openDatabase()
  const tally = createTally()
  try {
    for (let done = 0; done < runs; done += SETS_A_TABLE) {
      const size = Math.min(SETS_A_TABLE, runs - done)
      await compareRound({ db, tally, seed: seed + done, runs: size, rows: ROWS })
    }
    print(tally)
    console.log('no difference')
  } catch (error) {
    console.error(error)
    process.exitCode = 1
  }
  await db.destroy()
}
