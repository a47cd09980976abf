/**
 * `npm run conformance`: holds core, and the reference beside it, to cases.
 *
 * Shape   nothing: the cases of this package. Files: cases or validation cases. `--corpus FOLDER`:
 *         real policies. The last line is `N passed, N failed`; a case counts as failed where any
 *         engine fails it. A case that `docs/compatibility.md` lists, with a reason, may differ.
 * Errors  exit code 1 for a failure that is not listed, 2 for wrong usage or a file that is none.
 *
 * @module
 */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Case, casesIn } from './case.js'
import { runCorpus } from './corpus.js'
import { coreEngine, referenceEngine } from './engine.js'
import { CaseError } from './errors.js'
import { parseJson } from './json-shape.js'
import { findKnownDifferences } from './known-differences.js'
import { readOwnCases } from './own-cases.js'
import { type Report, runCases } from './run.js'
import { failureLines, summarize } from './summary.js'
import { isValidationFile, runValidation, validationCasesIn } from './validation.js'

const USAGE = 'usage: npm run conformance [-- FILE… | --corpus FOLDER]'
const COMPATIBILITY = new URL('../../../docs/compatibility.md', import.meta.url)

interface Tally {
  readonly passed: number
  readonly failed: number
}

/** npm changes into the package's folder; a path means what it meant where npm was called. */
const pathOf = (path: string): string => resolve(process.env['INIT_CWD'] ?? '.', path)
const print = (lines: readonly string[]): void => {
  for (const line of lines) console.log(line)
}

process.exitCode = main(process.argv.slice(2))

function main(args: readonly string[]): 0 | 1 | 2 {
  const [first, folder] = args
  const isCorpus = first === '--corpus' && folder !== undefined && args.length === 2
  if (!isCorpus && args.some((arg) => arg.startsWith('-'))) {
    console.error(USAGE)
    return 2
  }
  try {
    const known = readKnownDifferences()
    const { passed, failed } = isCorpus ? checkCorpus(folder, known) : checkAll(args, known)
    console.log(`${passed} passed, ${failed} failed`)
    return failed === 0 ? 0 : 1
  } catch (error) {
    if (!(error instanceof CaseError)) throw error
    console.error(error.message)
    return 2
  }
}

/** The files that are given, or this package's own cases. */
function checkAll(paths: readonly string[], known: ReadonlyMap<string, string>): Tally {
  const tallies =
    paths.length === 0
      ? readOwnCases().map(({ name, cases }) => checkCases(name, cases, known))
      : paths.map((path) => checkFile(path, known))
  return tallies.reduce(
    (sum, { passed, failed }) => ({ passed: sum.passed + passed, failed: sum.failed + failed }),
    { passed: 0, failed: 0 },
  )
}

function checkFile(path: string, known: ReadonlyMap<string, string>): Tally {
  const content = parseJson(readText(path), path)
  if (!isValidationFile(content)) return checkCases(path, casesIn(content, path), known)
  const report = runValidation(validationCasesIn(content, path))
  const { lines, failures } = summarize(path, report, known)
  print(lines)
  return { passed: report.passed.length, failed: failures }
}

/** Runs the cases on both engines and prints one line for each. */
function checkCases(
  name: string,
  cases: readonly Case[],
  known: ReadonlyMap<string, string>,
): Tally {
  const reports = [runCases(coreEngine, cases), runCases(referenceEngine, cases)]
  for (const report of reports) print(summarize(name, report, known).lines)
  const failed = new Set(reports.flatMap((report) => unlisted(report, known)))
  const passed = reports[0]?.passed.filter((id) => !failed.has(id)) ?? []
  return { passed: passed.length, failed: failed.size }
}

function unlisted(report: Report, known: ReadonlyMap<string, string>): readonly string[] {
  return report.failed.map(({ id }) => id).filter((id) => !known.has(id))
}

function checkCorpus(folder: string, known: ReadonlyMap<string, string>): Tally {
  const report = runCorpus(pathOf(folder))
  console.log(`${report.placeholders.length} do not parse because of placeholders:`)
  print(report.placeholders.flatMap(failureLines))
  console.log(`${report.defects.length} do not parse because something is wrong with them:`)
  print(report.defects.flatMap(failureLines))
  const { lines, failures } = summarize(folder, report, known)
  print(lines)
  return { passed: report.passed.length, failed: failures }
}

function readText(path: string): string {
  try {
    return readFileSync(pathOf(path), 'utf8')
  } catch (cause) {
    throw new CaseError(path, 'cannot be read', { cause })
  }
}

function readKnownDifferences(): ReadonlyMap<string, string> {
  try {
    return findKnownDifferences(readFileSync(COMPATIBILITY, 'utf8'))
  } catch {
    return new Map()
  }
}
