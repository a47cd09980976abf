/**
 * Ends a CI run with one line: every test and every check counted, `N passed, N failed, N skipped`.
 *
 * `node scripts/summary.mjs STATUS`: STATUS is 0 if every command before it passed. The exit code here is 0 only if STATUS is
 * 0, at least one test ran, some of them on PostgreSQL and in Chromium, and nothing failed. Reads what `check.mjs` left in `.vitest/`.
 *
 * @module
 */
import { countPassed, readJson, readReports } from './reports.mjs'

/** @import { Report } from './reports.mjs' */

const status = Number(process.argv[2] ?? 1)
const reports = readReports()
/** @type {readonly { script: string, passed: boolean }[]} */
const checks = readJson('.vitest/checks.json') ?? []

/** @param {(report: Report) => number} count */
const total = (count) => reports.reduce((sum, report) => sum + count(report), 0)
const testsPassed = total(({ numPassedTests }) => numPassedTests)
const skipped = total(({ numPendingTests, numTodoTests }) => numPendingTests + numTodoTests)
const passed = testsPassed + checks.filter((check) => check.passed).length
const failedTests = total(({ numFailedTests }) => numFailedTests)
const counted = failedTests + checks.filter((check) => !check.passed).length

/** What CI brings along, and what is to be done where no test ran on it. */
const needed = { PostgreSQL: 'see scripts/pg.sh', Chromium: 'set CHROMIUM_PATH' }
const missed = Object.entries(needed).filter(([name]) => countPassed(reports, name) === 0)

if (testsPassed === 0) console.error('no test ran')
for (const [name, advice] of missed) console.error(`no test ran on ${name}: ${advice}`)
const isGood = status === 0 && testsPassed > 0 && missed.length === 0 && counted === 0
const failed = isGood ? 0 : Math.max(counted, 1)
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`)
process.exitCode = isGood ? 0 : 1
