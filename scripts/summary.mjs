/**
 * Ends a CI run with one line: every test and every check counted, `N passed, N failed, N skipped`.
 *
 * `node scripts/summary.mjs STATUS`: STATUS is the exit code of `npm test`. The exit code here is 0 only if STATUS is
 * 0, at least one test ran, some of them on PostgreSQL, and nothing failed. Reads what `check.mjs` left in `.vitest/`.
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
const tests = readJson('.vitest/results.json')
/** @type {readonly { script: string, passed: boolean }[]} */
const checks = readJson('.vitest/checks.json') ?? []

const testsPassed = tests?.numPassedTests ?? 0
const skipped = (tests?.numPendingTests ?? 0) + (tests?.numTodoTests ?? 0)
const passed = testsPassed + checks.filter((check) => check.passed).length
const counted = (tests?.numFailedTests ?? 0) + checks.filter((check) => !check.passed).length

/** @type {readonly { assertionResults: readonly { fullName: string, status: string }[] }[]} */
const files = tests?.testResults ?? []
const onPostgres = files
  .flatMap((file) => file.assertionResults)
  .filter(({ fullName, status }) => fullName.includes('PostgreSQL') && status === 'passed').length

if (testsPassed === 0) console.error('no test ran')
if (onPostgres === 0) console.error('no test ran on PostgreSQL: see scripts/pg.sh')
const isGood = status === 0 && testsPassed > 0 && onPostgres > 0 && counted === 0
const failed = isGood ? 0 : Math.max(counted, 1)
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`)
process.exitCode = isGood ? 0 : 1
