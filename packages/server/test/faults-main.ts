/**
 * `npm run faults`: kills a server under load thirty times on each store, and counts what was lost.
 *
 * @module
 */

import { databaseKinds } from './store/databases.js'
import { killUnderLoad } from './store/kill.js'

const ROUNDS = Number(process.argv[2] ?? 30)

for (const kind of databaseKinds) {
  const { acknowledged, lost, halves } = await killUnderLoad(kind, ROUNDS)
  const losses = `${lost.length} of ${acknowledged} acknowledged writes lost`
  console.log(`${kind}: ${ROUNDS} kills, ${losses}, ${halves.length} contradictions`)
  for (const problem of [...lost, ...halves].slice(0, 10)) console.log(`  ${problem}`)
  if (acknowledged === 0 || lost.length > 0 || halves.length > 0) process.exitCode = 1
}
