/**
 * W1 to W5 and W7: every engine on every scenario, side by side.
 *
 * Units   nanoseconds a decision, milliseconds a build, bytes of heap.
 * Errors  None.
 *
 * @module
 */
import { allEngines, loadPeers } from '../engines/all.js'
import type { Engine } from '../engines/engine.js'
import { IAMKIT } from '../engines/iamkit.js'
import { inChild } from '../measure/child.js'
import { admit, type Contender, isContender, type LeftOut } from '../measure/contender.js'
import { type Latency, timeSingly } from '../measure/latency.js'
import { type RoundOptions, type Timed, timeRounds } from '../measure/rounds.js'
import { median, quiet } from '../measure/statistics.js'
import type { Weights } from '../measure/weigh-child.js'
import { createScenario, scenarioIds } from '../workloads/all.js'
import type { Scenario, Workload } from '../workloads/scenario.js'

export interface DecisionRow extends Latency {
  readonly scenario: string
  readonly workload: Workload
  readonly engine: string
  readonly kind: Engine['kind']
  readonly speaksIam: boolean
  /** The 10th percentile of the slices. */
  readonly quietNs: number
  readonly medianNs: number
  readonly slices: number
  /** How many times as long as iamkit, slice by slice of the same round; the median. */
  readonly ratio: number
  readonly buildMs: number
  readonly heapBytes: number | undefined
}

export interface OmittedRow {
  readonly scenario: string
  readonly workload: Workload
  readonly engine: string
  readonly reason: string
}

export interface Decisions {
  readonly scenarios: readonly { readonly id: string; readonly title: string }[]
  readonly rows: readonly DecisionRow[]
  readonly omitted: readonly OmittedRow[]
}

export type DecisionOptions = RoundOptions & {
  readonly workloads: readonly Workload[]
  /** Milliseconds for the decisions that are timed one by one, by contender. */
  readonly singlyMs: number
  readonly say: (text: string) => void
}

export async function measureDecisions(options: DecisionOptions): Promise<Decisions> {
  const { workloads, say, singlyMs } = options
  const { readCorpus } = await loadPeers()
  const ids = scenarioIds(new Set(workloads))
  const scenarios = ids.map((id) => createScenario(id, readCorpus))
  const tried = await admitAll(scenarios, say)
  const contenders = tried.filter(isContender)
  say('taking turns')
  const timed = await timeRounds(contenders, options)
  say('weighing')
  const weights = await weighAll(contenders)
  const baselines = new Map(
    timed
      .filter(({ contender }) => contender.engine.name === IAMKIT)
      .map((one) => [one.contender.scenario.id, one]),
  )
  const omitted = tried.flatMap((one) => (isContender(one) ? [] : [omittedRow(one)]))
  const rows = timed.map((one) => {
    const { engine, scenario } = one.contender
    return decisionRow(one, {
      baseline: baselines.get(scenario.id) ?? one,
      latency: timeSingly(one.contender, singlyMs),
      heapBytes: weights.get(engine.name)?.[scenario.id],
    })
  })
  return { scenarios: scenarios.map(({ id, title }) => ({ id, title })), rows, omitted }
}

/** Above this many statements a peer takes minutes to read its policies, or seconds to decide. */
const PEERS_END_AT: ReadonlySet<string> = new Set(['W5-100000'])

async function admitAll(scenarios: readonly Scenario[], say: (text: string) => void) {
  const engines = await allEngines()
  const tried: (Contender | LeftOut)[] = []
  for (const scenario of scenarios) {
    say(`${scenario.id}: asking every engine every question`)
    for (const engine of engines.filter(({ only }) => !only || only.includes(scenario.id))) {
      const isBeyond = engine.kind === 'peer' && PEERS_END_AT.has(scenario.id)
      tried.push(
        isBeyond
          ? { engine, scenario, reason: 'not asked: no engine but iamkit at this size' }
          : await admit(engine, scenario),
      )
    }
  }
  return tried
}

async function weighAll(contenders: readonly Contender[]) {
  const engines = [...new Set(contenders.map(({ engine }) => engine.name))]
  const weights = new Map<string, Weights>()
  for (const engine of engines) {
    const own = contenders.filter((one) => one.engine.name === engine)
    const scenarios = own.map(({ scenario }) => scenario.id)
    const module = new URL('../measure/weigh-child.ts', import.meta.url)
    weights.set(engine, await inChild<Weights>(module, { engine, scenarios }))
  }
  return weights
}

function omittedRow({ engine, scenario, reason }: LeftOut): OmittedRow {
  return { scenario: scenario.id, workload: scenario.workload, engine: engine.name, reason }
}

interface Beside {
  readonly baseline: Timed
  readonly latency: Latency
  readonly heapBytes: number | undefined
}

function decisionRow({ contender, slices }: Timed, beside: Beside): DecisionRow {
  const { engine, scenario, buildMs } = contender
  const { baseline, latency, heapBytes } = beside
  const times = [...slices.values()]
  const ratios = [...slices].flatMap(([round, ns]) => {
    const base = baseline.slices.get(round)
    return base === undefined ? [] : [ns / base]
  })
  return {
    scenario: scenario.id,
    workload: scenario.workload,
    engine: engine.name,
    kind: engine.kind,
    speaksIam: engine.speaksIam,
    quietNs: quiet(times),
    medianNs: median(times),
    slices: times.length,
    ratio: median(ratios),
    ...latency,
    buildMs,
    heapBytes,
  }
}
