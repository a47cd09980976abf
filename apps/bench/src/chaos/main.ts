/**
 * `npm run chaos`: two servers on one PostgreSQL and four apps that decide by their policies, while servers are killed,
 * the database and the streams are cut, and clocks are set wrong. No app may allow what was forbidden for longer than
 * its staleness limit, and none may deny what was allowed for as long.
 *
 * Errors  exit code 1 where one of these does not hold, 2 for wrong usage or where there is no PostgreSQL.
 *
 * @module
 */
import { UsageError } from '../arguments.js'
import { NoDatabaseError } from '../database/postgres.js'
import { readSoakArguments } from '../soak/arguments.js'
import { agree } from './agreement.js'
import { createChangeTally, keepChanging } from './changes.js'
import { keepBreaking } from './faults.js'
import { openStage, type Stage } from './stage.js'

const MINUTE = 60_000
const LANES = 8
const LIMIT = 10_000
const PROGRESS_EVERY = 60_000

async function main(words: readonly string[]): Promise<number> {
  const { minutes } = words.length === 0 ? { minutes: 30 } : readSoakArguments(words)
  const stage = await openStage({ subjectsOfEach: 6, stalenessLimit: LIMIT, callsPerSecond: 5 })
  try {
    const isWell = await run(stage, minutes)
    return isWell ? 0 : 1
  } finally {
    await stage.close()
  }
}

async function run(stage: Stage, minutes: number): Promise<boolean> {
  const start = performance.now()
  const isOver = () => performance.now() - start >= minutes * MINUTE
  const changes = createChangeTally()
  const { tally } = stage.oracle
  const progress = setInterval(() => {
    const passed = Math.round((performance.now() - start) / MINUTE)
    const { served, refused, wrongAllows, wrongDenials } = tally
    console.error(
      `· ${passed} min: ${served} served, ${refused} refused, ${wrongAllows + wrongDenials} wrong`,
    )
  }, PROGRESS_EVERY)
  const [faults] = await Promise.all([
    keepBreaking(stage, isOver),
    ...Array.from({ length: LANES }, (_, lane) =>
      keepChanging({ stage, tally: changes }, { lane, lanes: LANES, pause: 150 }, isOver),
    ),
  ])
  const areOne = await agree(stage)
  clearInterval(progress)
  for (const [name, count] of faults) console.log(`  ${String(count).padStart(5)} ${name}`)
  for (const example of tally.examples) console.log(`  ✗ ${example}`)
  const falls = stage.apps.reduce((sum, app) => sum + app.falls, 0)
  const isWell =
    areOne &&
    tally.wrongAllows + tally.wrongDenials + falls === 0 &&
    tally.served > 0 &&
    changes.acknowledged > 0
  console.log(
    [
      `chaos ${isWell ? 'passed' : 'FAILED'}: ${tally.wrongAllows} wrong allows, ${tally.wrongDenials} wrong denials`,
      `${tally.served} decisions served, ${tally.refused} refused`,
      `${changes.acknowledged} changes, ${changes.refused} answered with a refusal, ${changes.unanswered} with nothing`,
      `${tally.answered} calls answered, ${tally.unanswered} not`,
      `${sum(faults.values())} faults in ${minutes} minutes, ${falls} apps fell`,
      `in the end all apps ${areOne ? 'agree' : 'DIFFER'}`,
    ].join('; '),
  )
  return isWell
}

function sum(numbers: Iterable<number>): number {
  return [...numbers].reduce((total, number) => total + number, 0)
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof UsageError || error instanceof NoDatabaseError)) throw error
  console.error(error.message)
  process.exitCode = 2
}
