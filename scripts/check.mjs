/**
 * Runs every check of the project, a few side by side, and says how each went. `npm test` is this.
 *
 * A check that fails does not stop the others, so that one run shows everything; one whose need has failed is
 * failed too. Outcomes go to `.vitest/checks.json` for `summary.mjs`.
 *
 * @module
 */
import { spawn } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { countPassed, readReports } from './reports.mjs'
import { steps } from './steps.mjs'

/** @import { Step } from './steps.mjs' */
/** @typedef {{ readonly script: string, readonly passed: boolean, readonly output: string }} Outcome */

const LANES = Math.min(4, Math.max(2, availableParallelism()))
const env = { ...process.env, [process.stdout.isTTY ? 'FORCE_COLOR' : 'NO_COLOR']: '1' }

/**
 * Runs one root script and keeps what it prints.
 *
 * @param {string} script
 * @returns {Promise<Outcome>}
 */
function runScript(script) {
  return new Promise((resolve) => {
    const child = spawn('npm', ['run', '-s', script], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    /** @type {Buffer[]} */
    const chunks = []
    child.stdout.on('data', (chunk) => chunks.push(chunk))
    child.stderr.on('data', (chunk) => chunks.push(chunk))
    child.on('error', (error) => resolve({ script, passed: false, output: String(error) }))
    child.on('close', (code) =>
      resolve({ script, passed: code === 0, output: Buffer.concat(chunks).toString() }),
    )
  })
}

/** Lanes of {@link LANES} that no check is in, and the checks that wait for one. */
let free = LANES
/** @type {(() => void)[]} */
const waiting = []

/** @returns {Promise<void>} */
async function enterLane() {
  if (free === 0) return new Promise((resolve) => waiting.push(resolve))
  free--
}

function leaveLane() {
  const next = waiting.shift()
  if (next) next()
  else free++
}

/** @type {Map<string, Promise<Outcome>>} */
const settled = new Map()

/**
 * Runs a check once its needs are settled and a lane is free.
 *
 * @param {Step} step
 * @returns {Promise<Outcome>}
 */
async function settle(step) {
  let missing = ''
  for (const need of step.needs ?? []) {
    const outcome = await settled.get(need)
    if (!outcome?.passed) missing = need
  }
  await enterLane()
  const start = performance.now()
  const outcome = missing
    ? { script: step.script, passed: false, output: `needs ${missing}` }
    : await runScript(step.script)
  leaveLane()
  report(step, outcome, (performance.now() - start) / 1000)
  return outcome
}

/**
 * Says how a check went, and what it printed if that matters.
 *
 * @param {Step} step
 * @param {Outcome} outcome
 * @param {number} seconds
 */
function report(step, outcome, seconds) {
  console.log(`${outcome.passed ? '✓' : '✗'} ${step.script} (${seconds.toFixed(1)} s)`)
  const lines = outcome.output.trim().split('\n')
  const shown = outcome.passed ? lines.slice(lines.length - (step.show ?? 0)) : lines
  for (const line of shown) console.log(`    ${line}`)
}

rmSync('.vitest', { recursive: true, force: true })
mkdirSync('.vitest')
const start = performance.now()
for (const step of steps) settled.set(step.script, settle(step))
const outcomes = await Promise.all(settled.values())

const failed = outcomes.filter((outcome) => !outcome.passed)
const verdicts = outcomes.map(({ script, passed }) => ({ script, passed }))
writeFileSync('.vitest/checks.json', `${JSON.stringify(verdicts, null, 2)}\n`)

const seconds = ((performance.now() - start) / 1000).toFixed(0)
const names = failed.map((outcome) => outcome.script).join(', ')
console.log(
  failed.length === 0
    ? `\nall ${outcomes.length} checks passed in ${seconds} s`
    : `\n${failed.length} of ${outcomes.length} checks failed in ${seconds} s: ${names}`,
)
if (!process.env['DATABASE_URL']) {
  console.log('PostgreSQL was NOT tested: DATABASE_URL is not set (see scripts/pg.sh)')
}
if (countPassed(readReports(), 'Chromium') === 0) {
  console.log("the page was NOT tested: no Chromium (install Debian's, or set CHROMIUM_PATH)")
}
process.exitCode = failed.length === 0 ? 0 : 1
