/**
 * An engine that has shown that it decides every question of a scenario rightly, or why it is not timed.
 *
 * Units   `buildMs`: milliseconds from policies to the first answer.
 * Errors  None: what an engine throws keeps it from being timed.
 *
 * @module
 */
import { type Decider, type Engine, NotExpressibleError } from '../engines/engine.js'
import type { Question, Scenario } from '../workloads/scenario.js'
import { median } from './statistics.js'

export interface Contender {
  readonly engine: Engine
  readonly scenario: Scenario
  readonly decider: Decider
  readonly requests: readonly unknown[]
  /** At `i`, how many of the first `i` requests are allowed. */
  readonly allowedBefore: Uint32Array
  readonly buildMs: number
}

export interface LeftOut {
  readonly engine: Engine
  readonly scenario: Scenario
  readonly reason: string
}

export const isContender = (one: Contender | LeftOut): one is Contender => 'decider' in one

/** A wrong decision is not discussed here; who wants to know asks the engine. */
const WRONG = 'left out'

export async function admit(engine: Engine, scenario: Scenario): Promise<Contender | LeftOut> {
  try {
    const { decider, buildMs } = await buildTimed(engine, scenario)
    const questions = scenario.questions
    const requests = askAll(decider, questions)
    if (!requests) return { engine, scenario, reason: WRONG }
    const allowedBefore = new Uint32Array(requests.length + 1)
    for (const [i, { isAllowed }] of questions.slice(0, requests.length).entries()) {
      allowedBefore[i + 1] = (allowedBefore[i] ?? 0) + Number(isAllowed)
    }
    return { engine, scenario, decider, requests, allowedBefore, buildMs }
  } catch (error) {
    const reason = error instanceof NotExpressibleError ? error.message : WRONG
    return { engine, scenario, reason }
  }
}

/** A build is repeated while it is quick: the first pays for compilers that warm up. */
const BUILD_BUDGET_MS = 300
const MOST_BUILDS = 9

async function buildTimed(engine: Engine, scenario: Scenario) {
  const build = engine.prepare(scenario)
  const times: number[] = []
  for (;;) {
    const before = performance.now()
    const decider = await build()
    decider.decide(decider.requestFor(scenario.questions[0] as Question))
    times.push(performance.now() - before)
    const spent = times.reduce((sum, ms) => sum + ms, 0)
    if (spent > BUILD_BUDGET_MS || times.length === MOST_BUILDS) {
      return { decider, buildMs: median(times) }
    }
  }
}

/** An engine that is slow is asked fewer questions, and timed on those alone. */
const FEW = 256
const PATIENCE_MS = 250

function askAll(decider: Decider, questions: readonly Question[]): readonly unknown[] | undefined {
  const requests: unknown[] = []
  const start = performance.now()
  for (const question of questions) {
    const request = decider.requestFor(question)
    if (decider.decide(request) !== question.isAllowed) return undefined
    requests.push(request)
    if (requests.length === FEW && performance.now() - start > PATIENCE_MS) break
  }
  return requests
}
