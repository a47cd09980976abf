import { describe, expect, it } from 'vitest'
import { floor } from '../engines/floor.js'
import { iamkit } from '../engines/iamkit.js'
import { tiny } from '../workloads/tiny.js'
import { admit, type Contender } from './contender.js'
import { timeSingly } from './latency.js'
import { timeRounds } from './rounds.js'

const contenders = (await Promise.all([admit(iamkit, tiny()), admit(floor, tiny())])) as Contender[]
const [first] = contenders as [Contender]

describe('timeRounds', () => {
  it('gives every contender a slice in every round', async () => {
    const timed = await timeRounds(contenders, { rounds: 12, sliceMs: 0.1 })
    expect(timed.map(({ slices }) => slices.size)).toEqual([12, 12])
    expect(timed.flatMap(({ slices }) => [...slices.values()]).every((ns) => ns > 0)).toBe(true)
  })

  it('ends where a contender changes its mind', async () => {
    let asked = 0
    const { decide, requestFor } = first.decider
    const fickle = { requestFor, decide: (request: unknown) => ++asked > 100 || decide(request) }
    const options = { rounds: 1, sliceMs: 0.1 }
    await expect(timeRounds([{ ...first, decider: fickle }], options)).rejects.toThrow(
      'iamkit changed its mind at W1',
    )
  })
})

describe('timeSingly', () => {
  it('finds the worst of a hundred no faster than the middle one', () => {
    const { p50, p99 } = timeSingly(first, 5)
    expect(p50).toBeGreaterThanOrEqual(0)
    expect(p99).toBeGreaterThanOrEqual(p50)
  })
})
