/**
 * What vitest's runs have left in `.vitest/`.
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
export function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined // that run broke off before it wrote the file
  }
}

/** @returns {readonly Report[]} */
export function readReports() {
  const runs = ['results', 'built', 'thorough', 'clients']
  return runs.map((run) => readJson(`.vitest/${run}.json`)).filter(Boolean)
}

/**
 * How many tests have passed whose names say a word, such as what they run on.
 *
 * @param {readonly Report[]} reports
 * @param {string} word
 */
export function countPassed(reports, word) {
  return reports
    .flatMap(({ testResults }) => testResults)
    .flatMap((file) => file.assertionResults)
    .filter(({ fullName, status }) => fullName.includes(word) && status === 'passed').length
}
