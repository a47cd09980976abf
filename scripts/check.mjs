/**
 * Runs every check of the project, two at a time, and says how each went. `npm test` is this.
 *
 * A check that fails does not stop the others, so that one run shows everything; one whose need has failed is
 * failed too. Outcomes go to `.vitest/checks.json` for `summary.mjs`.
 *
 * @module
 */
import { spawn } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { steps } from './steps.mjs'

/** @import { Step } from './steps.mjs' */
/** @typedef {{ readonly script: string, readonly passed: boolean, readonly output: string }} Outcome */

const LANES = 2

/**
 * Runs one root script and keeps what it prints.
 *
 * @param {string} script
 * @returns {Promise<Outcome>}
 */
function runScript(script) {
  return new Promise((resolve) => {
    const child = spawn('npm', ['run', '-s', script], { stdio: ['ignore', 'pipe', 'pipe'] })
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

/**
 * @param {Step} step
 * @param {readonly Outcome[]} outcomes
 */
async function runStep(step, outcomes) {
  const missing = step.needs?.find((need) => !outcomes.some((o) => o.script === need && o.passed))
  if (missing) return { script: step.script, passed: false, output: `needs ${missing}` }
  return runScript(step.script)
}

/**
 * Says how a check went, and what it printed if that matters.
 *
 * @param {Outcome} outcome
 * @param {number} seconds
 */
function report(outcome, seconds) {
  const isShown = !outcome.passed || steps.find((step) => step.script === outcome.script)?.show
  const text = outcome.output.trim()
  console.log(`${outcome.passed ? '✓' : '✗'} ${outcome.script} (${seconds.toFixed(1)} s)`)
  if (isShown && text) console.log(text.replace(/^/gm, '    '))
}

/**
 * Runs every step once its needs are settled, at most {@link LANES} at a time.
 *
 * @returns {Promise<readonly Outcome[]>}
 */
function runAll() {
  /** @type {Outcome[]} */
  const outcomes = []
  const waiting = [...steps]
  let running = 0

  /** @param {Step} step */
  const isReady = (step) =>
    (step.needs ?? []).every((need) => outcomes.some((outcome) => outcome.script === need))

  return new Promise((resolve) => {
    const next = () => {
      if (outcomes.length === steps.length) resolve(outcomes)
      while (running < LANES) {
        const index = waiting.findIndex(isReady)
        const [step] = index < 0 ? [] : waiting.splice(index, 1)
        if (!step) return
        running++
        const start = performance.now()
        void runStep(step, outcomes).then((outcome) => {
          report(outcome, (performance.now() - start) / 1000)
          outcomes.push(outcome)
          running--
          next()
        })
      }
    }
    next()
  })
}

rmSync('.vitest', { recursive: true, force: true })
mkdirSync('.vitest')
const start = performance.now()
const outcomes = await runAll()
const failed = outcomes.filter((outcome) => !outcome.passed)
const verdicts = outcomes.map(({ script, passed }) => ({ script, passed }))
writeFileSync('.vitest/checks.json', `${JSON.stringify(verdicts, null, 2)}\n`)

const seconds = ((performance.now() - start) / 1000).toFixed(0)
console.log(
  failed.length === 0
    ? `\nall ${outcomes.length} checks passed in ${seconds} s`
    : `\n${failed.length} of ${outcomes.length} checks failed in ${seconds} s: ${failed.map((outcome) => outcome.script).join(', ')}`,
)
process.exitCode = failed.length === 0 ? 0 : 1
