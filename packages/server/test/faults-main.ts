/**
 * `npm run faults`: kills a server under load thirty times on each store, cuts one from its PostgreSQL for thirty
 * seconds, and counts what was lost.
 *
 * @module
 */
import { cutUnderLoad } from './store/cut.js'
import { databaseKinds } from './store/databases.js'
import { killUnderLoad } from './store/kill.js'

const KILLS = Number(process.argv[2] ?? 30)
const CUT = Number(process.argv[3] ?? 30)

function expectNone(problems: readonly string[]): void {
  for (const problem of problems.slice(0, 10)) console.log(`  ${problem}`)
  if (problems.length > 0) process.exitCode = 1
}

for (const kind of databaseKinds) {
  const { acknowledged, lost, halves } = await killUnderLoad(kind, KILLS)
  const losses = `${lost.length} of ${acknowledged} acknowledged writes lost`
  console.log(`${kind}: ${KILLS} kills, ${losses}, ${halves.length} contradictions`)
  expectNone(acknowledged === 0 ? ['nothing was written'] : [...lost, ...halves])
}

if (databaseKinds.includes('PostgreSQL')) {
  const report = await cutUnderLoad(CUT)
  const { acknowledged, refused, wrong, lost, staleness, recovery } = report
  const losses = `${lost.length} of ${acknowledged} acknowledged writes lost`
  console.log(`PostgreSQL: away for ${CUT} s, ${losses}, ${refused} answered 503`)
  console.log(`  staleness ${staleness.toFixed(1)} s, writing again after ${recovery.toFixed(1)} s`)
  expectNone(refused === 0 ? ['no write was refused'] : [...wrong, ...lost])
}
