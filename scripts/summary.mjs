/**
 * Ends a CI run with one line: every test and every check counted, `N passed, N failed, N skipped`.
 *
 * `node scripts/summary.mjs STATUS`: STATUS is 0 if every command before it passed. The exit code here is 0 only if STATUS is
 * 0, at least one test ran, some of them on PostgreSQL and in Chromium, and nothing failed. Reads what `check.mjs` left in `.vitest/`.
 *
 * @typedef {object} Report What vitest says of one run.
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numPendingTests
 * @property {number} numTodoTests
 * @property {readonly { assertionResults: readonly { fullName: string, status: string }[] }[]} testResults
 *
 * @module
 */
import { readFileSync } from 'node:fs'

/** @param {string} path */
function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined // that run broke off before it wrote the file
  }
}

const status = Number(process.argv[2] ?? 1)
/** @type {readonly Report[]} */
const reports = ['.vitest/results.json', '.vitest/clients.json'].map(readJson).filter(Boolean)
/** @type {readonly { script: string, passed: boolean }[]} */
const checks = readJson('.vitest/checks.json') ?? []

/** @param {(report: Report) => number} count */
const total = (count) => reports.reduce((sum, report) => sum + count(report), 0)
const testsPassed = total(({ numPassedTests }) => numPassedTests)
const skipped = total(({ numPendingTests, numTodoTests }) => numPendingTests + numTodoTests)
const passed = testsPassed + checks.filter((check) => check.passed).length
const failedTests = total(({ numFailedTests }) => numFailedTests)
const counted = failedTests + checks.filter((check) => !check.passed).length

const ran = reports
  .flatMap(({ testResults }) => testResults)
  .flatMap((file) => file.assertionResults)
  .filter(({ status }) => status === 'passed')
/** What CI brings along, and what is to be done where no test ran on it. */
const needed = { PostgreSQL: 'see scripts/pg.sh', Chromium: 'set CHROMIUM_PATH' }
const missed = Object.entries(needed).filter(
  ([name]) => !ran.some(({ fullName }) => fullName.includes(name)),
)

if (testsPassed === 0) console.error('no test ran')
for (const [name, advice] of missed) console.error(`no test ran on ${name}: ${advice}`)
const isGood = status === 0 && testsPassed > 0 && missed.length === 0 && counted === 0
const failed = isGood ? 0 : Math.max(counted, 1)
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`)
process.exitCode = isGood ? 0 : 1
