import { describe, expect, it } from 'vitest'
import type { DecisionRow } from '../parts/decisions.js'
import { isMet, renderGoal } from './goal.js'
import { goalsOf } from './goals.js'

const nothing = {
  machine: {} as never,
  versions: {},
  decisions: undefined,
  firstDecision: undefined,
  principals: undefined,
  corpus: undefined,
  web: undefined,
  garbage: undefined,
  hostile: undefined,
  server: undefined,
}

const row = (engine: string, kind: DecisionRow['kind'], ratio: number) =>
  ({ scenario: 'W1', workload: 'W1', engine, kind, ratio }) as DecisionRow

const decisions = (...rows: DecisionRow[]) => ({
  ...nothing,
  decisions: { scenarios: [], omitted: [], rows },
})

const said = (result: Parameters<typeof goalsOf>[0]) => goalsOf(result).map(renderGoal)

describe('goalsOf', () => {
  it('asks nothing of parts that were not measured', () => {
    expect(goalsOf(nothing)).toEqual([])
  })

  it('holds iamkit against the fastest peer, and against the floor', () => {
    const rows = [row('iamkit', 'iamkit', 1), row('slow', 'peer', 300), row('quick', 'peer', 3.9)]
    expect(said(decisions(...rows, row('floor', 'floor', 0.6)))).toEqual([
      '✗ W1  faster than the fastest peer (quick): 3.9× (at least 4×)',
      '✓ W1  beside the floor: 1.67× (at most 2×)',
    ])
  })

  it('misses what could not be measured', () => {
    expect(said(decisions(row('iamkit', 'iamkit', 1)))).toEqual([
      '✗ W1  faster than the fastest peer (none): not measured (at least 4×)',
      '✗ W1  beside the floor: not measured (at most 2×)',
    ])
  })

  it('names the slowest hostile case', () => {
    const hostile = [
      { name: 'stars', isAllowedUs: 20, evaluateUs: 30 },
      { name: 'marks', isAllowedUs: 10, evaluateUs: 1100 },
    ]
    expect(said({ ...nothing, hostile })).toEqual([
      '✗ hostile  slowest decision (marks): 1.1 ms (at most 1 ms)',
    ])
  })

  it('adds the garbage of all scenarios up', () => {
    const garbage = [
      { scenario: 'W1', calls: 10, bytes: 500_000 },
      { scenario: 'W2', calls: 10, bytes: 500_000 },
    ]
    expect(goalsOf({ ...nothing, garbage }).map(isMet)).toEqual([true])
    expect(goalsOf({ ...nothing, garbage: [...garbage, ...garbage] }).map(isMet)).toEqual([false])
  })
})
