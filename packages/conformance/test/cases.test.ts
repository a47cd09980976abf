import { describe, expect, it } from 'vitest'
import { coreEngine, referenceEngine } from '../src/engine.js'
import { readOwnCases } from '../src/own-cases.js'
import { runCases } from '../src/run.js'

const files = readOwnCases()
const cases = files.flatMap((file) => file.cases)

it('holds the 301 cases of the specification and more, each under an id of its own', () => {
  expect(cases.length).toBeGreaterThanOrEqual(301)
  expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length)
})

describe.each([coreEngine, referenceEngine])('$name', (engine) => {
  it.each(files)('decides $name as expected', ({ cases }) => {
    expect(runCases(engine, cases).failed).toEqual([])
  })
})
