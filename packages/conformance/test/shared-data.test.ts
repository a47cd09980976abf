import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeEach, describe, expect, it } from 'vitest'
import { parseCaseFile } from '../src/case.js'
import { runCorpus } from '../src/corpus.js'
import { coreEngine, referenceEngine } from '../src/engine.js'
import { findKnownDifferences } from '../src/known-differences.js'
import { readOwnCases } from '../src/own-cases.js'
import { type Failure, runCases } from '../src/run.js'
import { runValidation, validationCasesIn } from '../src/validation.js'

/** Test data of other projects, which keep their own licences and so stand beside this checkout. */
const shared = fileURLToPath(new URL('../../../../shared/', import.meta.url))
const compatibility = new URL('../../../docs/compatibility.md', import.meta.url)
const known = findKnownDifferences(readFileSync(compatibility, 'utf8'))
const unlisted = (failed: readonly Failure[]) => failed.filter(({ id }) => !known.has(id))

const isThere = existsSync(shared)
if (!isThere) console.warn(`SKIPPED: there is no data of other projects at ${shared}`)

beforeEach(({ skip }) => {
  skip(!isThere, 'no data of other projects')
})

it('finds every case of the specification among its own, exactly as it stands there', () => {
  const text = readFileSync(`${shared}spec/cases-semantics.json`, 'utf8')
  const own = new Map(readOwnCases().flatMap((file) => file.cases.map((one) => [one.id, one])))
  for (const one of parseCaseFile(text, 'cases-semantics')) expect(own.get(one.id)).toEqual(one)
})

describe.each([coreEngine, referenceEngine])('$name', (engine) => {
  it.each([
    ['aspen', 244],
    ['arsenal', 78],
    ['aws-docs', 57],
    ['iamspy', 25],
    ['moto', 22],
  ])('decides the cases of %s as expected, but for those that are listed', (name, count) => {
    const cases = parseCaseFile(readFileSync(`${shared}conformance/${name}.json`, 'utf8'), name)
    expect(cases).toHaveLength(count)
    expect(unlisted(runCases(engine, cases).failed)).toEqual([])
  })
})

it('tells valid documents from invalid ones as IAM does', () => {
  const text = readFileSync(`${shared}conformance/moto-validation.json`, 'utf8')
  const report = runValidation(validationCasesIn(JSON.parse(text), 'moto-validation'))
  expect(report.failed).toEqual([])
  expect(report.passed).toHaveLength(87)
})

it('reads and prints real policies, but for placeholders and defects', () => {
  const { passed, failed, placeholders, defects } = runCorpus(`${shared}corpus`)
  expect(failed).toEqual([])
  expect(placeholders).toHaveLength(52)
  expect(defects).toHaveLength(11)
  expect(passed).toHaveLength(1594 + 512 - 52 - 11)
}, 60_000)
