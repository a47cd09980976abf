/**
 * Weighs one engine: the heap that it keeps for each scenario, once it has been asked questions.
 *
 * Units   bytes.
 * Errors  None: a scenario that the engine is not timed on is left out.
 *
 * @module
 */
import { allEngines, loadPeers } from '../engines/all.js'
import type { Build, Decider, Engine } from '../engines/engine.js'
import { createScenario } from '../workloads/all.js'
import type { Question, Scenario } from '../workloads/scenario.js'
import { answerParent, bytesInUse } from './child.js'

export interface WeighInput {
  readonly engine: string
  /** The ids of the scenarios that the engine is timed on. */
  readonly scenarios: readonly string[]
}

/** Scenario → bytes. */
export type Weights = Readonly<Record<string, number>>

answerParent(async ({ engine: name, scenarios }: WeighInput): Promise<Weights> => {
  const engine = (await allEngines()).find((one) => one.name === name)
  if (!engine) return {}
  const { readCorpus } = await loadPeers()
  const weights: Record<string, number> = {}
  for (const id of scenarios) weights[id] = await weigh(engine, createScenario(id, readCorpus))
  return weights
})

async function weigh(engine: Engine, scenario: Scenario): Promise<number> {
  const build = engine.prepare(scenario)
  await askAll(build, scenario) // and forgets: what a second instance takes, no compiler has a part in
  const before = await bytesInUse()
  const decider = await askAll(build, scenario)
  const after = await bytesInUse()
  decider.requestFor(scenario.questions[0] as Question)
  return Math.max(0, after - before)
}

const MOST_QUESTIONS = 256
const PATIENCE_MS = 500

async function askAll(build: Build, { questions }: Scenario): Promise<Decider> {
  const decider = await build()
  const end = performance.now() + PATIENCE_MS
  for (const question of questions.slice(0, MOST_QUESTIONS)) {
    decider.decide(decider.requestFor(question))
    if (performance.now() > end) break
  }
  return decider
}
