/**
 * One worker's share of a run: every so-many-th scenario, from its own seed each.
 *
 * Errors  None: what goes wrong is in the result.
 *
 * @module
 */
import { type Choices, seededChoices } from '../arbitrary/choices.js'
import { REQUESTS_PER_SCENARIO, scenario } from '../arbitrary/scenario.js'
import { compare, type Disagreement } from './compare.js'
import { addCounts, type Counts, count } from './counts.js'
import { attack } from './hostile.js'
import { askOddly } from './odd.js'
import { rulesShown } from './rule-coverage.js'
import { outcomesOf } from './statement-coverage.js'

export interface ShardTask {
  readonly seed: number
  /** Requests in the whole run. */
  readonly runs: number
  readonly shard: number
  readonly shards: number
}

export interface ShardResult {
  readonly rules: Counts
  readonly operators: Counts
  /** Of requests that nobody should send, by kind. */
  readonly odd: Counts
  readonly requests: number
  readonly attacks: { readonly total: number; readonly parsed: number; readonly slowest: number }
  /** The first of this shard; every other shard goes on, so that the first of all is the same again. */
  readonly disagreement?: Disagreement & { readonly index: number }
  readonly fault?: string
}

/** So many scenarios come with one attack. */
const SCENARIOS_PER_ATTACK = 5

export function runShard(task: ShardTask): ShardResult {
  const rules: Counts = new Map()
  const operators: Counts = new Map()
  const odd: Counts = new Map()
  const attacks = { total: 0, parsed: 0, slowest: 0 }
  let requests = 0
  const scenarios = Math.ceil(task.runs / REQUESTS_PER_SCENARIO)
  const result = (rest: Partial<ShardResult> = {}): ShardResult => {
    return { rules, operators, odd, requests, attacks, ...rest }
  }
  for (let index = task.shard; index < scenarios; index += task.shards) {
    const one = scenario(choicesOf(task.seed, index))
    const { decisions, disagreement } = compare(one)
    if (disagreement) return result({ disagreement: { ...disagreement, index } })
    decisions.forEach((decision, at) => {
      const request = one.requests[at]
      if (!request) return
      requests++
      for (const rule of rulesShown({ policies: one.policies, request, decision })) {
        count(rules, rule)
      }
      for (const outcome of outcomesOf(one.policies, request)) count(operators, outcome)
    })
    const oddity = askOddly(one, choicesOf(~task.seed, -index))
    count(odd, oddity.kind)
    if (oddity.fault !== undefined)
      return result({ fault: `odd request ${index}: ${oddity.fault}` })
    if (index % SCENARIOS_PER_ATTACK !== 0) continue
    const { isParsed, milliseconds, fault } = attack(choicesOf(~task.seed, index))
    attacks.total++
    if (isParsed) attacks.parsed++
    attacks.slowest = Math.max(attacks.slowest, milliseconds)
    if (fault !== undefined) return result({ fault: `attack ${index}: ${fault}` })
  }
  return result()
}

/** A scenario is the same in every run with this seed, whichever worker makes it. */
function choicesOf(seed: number, index: number): Choices {
  return seededChoices(Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b))
}

/** Adds up what several shards have seen. */
export function mergeShards(results: readonly ShardResult[]): ShardResult {
  const rules: Counts = new Map()
  const operators: Counts = new Map()
  const odd: Counts = new Map()
  for (const result of results) {
    addCounts(rules, result.rules)
    addCounts(operators, result.operators)
    addCounts(odd, result.odd)
  }
  const disagreements = results.flatMap(({ disagreement }) => disagreement ?? [])
  const [first] = disagreements.sort((a, b) => a.index - b.index)
  const fault = results.find((result) => result.fault !== undefined)?.fault
  const total = (of: (result: ShardResult) => number): number =>
    results.reduce((sum, result) => sum + of(result), 0)
  return {
    rules,
    operators,
    odd,
    requests: total(({ requests }) => requests),
    attacks: {
      total: total(({ attacks }) => attacks.total),
      parsed: total(({ attacks }) => attacks.parsed),
      slowest: Math.max(...results.map(({ attacks }) => attacks.slowest)),
    },
    ...(first && { disagreement: first }),
    ...(fault !== undefined && { fault }),
  }
}
