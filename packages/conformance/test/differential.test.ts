import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { replayedChoices } from '../src/arbitrary/choices.js'
import { anyScenario } from '../src/arbitrary/scenario.js'
import { compare } from '../src/fuzz/compare.js'
import { attack } from '../src/fuzz/hostile.js'
import { RULES } from '../src/fuzz/rule-coverage.js'
import { runShard } from '../src/fuzz/shard.js'
import { shrink } from '../src/fuzz/shrink.js'

/** How many requests of the fuzzer; more with `npm run thorough` and `npm run fuzz`. */
const REQUESTS = process.env['IAMKIT_THOROUGH'] === undefined ? 2_000 : 4_000

const anyChoices = fc.array(fc.nat(0xffff), { minLength: 800, maxLength: 800 })

describe('core and the reference', () => {
  it('give the same answer and blame the same policy type, for every scenario', () => {
    const property = fc.property(anyScenario, (scenario) => {
      expect(compare(scenario).disagreement).toBeUndefined()
    })
    fc.assert(property, { numRuns: 300 })
  }, 60_000)

  it('agree in requests that show every rule of section 5', () => {
    const shard = { seed: 12, runs: REQUESTS, shard: 0, shards: 1 }
    const { rules, disagreement, fault } = runShard(shard)
    expect(disagreement && shrink(disagreement)).toBeUndefined()
    expect(fault).toBeUndefined()
    expect(RULES.filter((rule) => !rules.has(rule))).toEqual([])
  }, 120_000)
})

describe('core', () => {
  it('refuses broken documents with its own error only, for every mutation', () => {
    const property = fc.property(anyChoices, (choices) => {
      const { fault, milliseconds } = attack(replayedChoices(choices))
      expect(fault).toBeUndefined()
      expect(milliseconds).toBeLessThan(5000)
    })
    fc.assert(property, { numRuns: 300 })
  }, 60_000)
})
