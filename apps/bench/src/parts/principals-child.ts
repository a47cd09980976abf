/**
 * W6 in a process of its own: what a principal weighs, and how long its first decision takes.
 *
 * Errors  an `Error` where a decision is wrong.
 *
 * @module
 */
import { isAllowed } from '@iamkit/core'
import { allEngines } from '../engines/all.js'
import type { Build, Decider, Engine } from '../engines/engine.js'
import { IAMKIT, requestFor } from '../engines/iamkit.js'
import { createPrincipalStore } from '../engines/principal-store.js'
import { answerParent, bytesInUse } from '../measure/child.js'
import { quantile } from '../measure/statistics.js'
import {
  ownPolicy,
  principal,
  principalQuestions,
  SHARED,
  sharedBy,
} from '../workloads/principals.js'
import type { Question } from '../workloads/scenario.js'

export interface PrincipalsInput {
  readonly engine: string
  readonly count: number
  /** Whether iamkit's store forgets what was not asked about lately, as it does by itself. */
  readonly forgets?: boolean
}

export interface PrincipalsRow {
  readonly engine: string
  readonly count: number
  /** Bytes a principal that nobody asked about; undefined where the engine has no such form. */
  readonly idleBytes: number | undefined
  /** Bytes a principal that was asked about three times, with nothing forgotten. */
  readonly askedBytes: number
  /** The same where only what was asked about lately stays compiled; undefined where nothing is forgotten. */
  readonly boundedBytes: number | undefined
  /** Nanoseconds of the first decision of a principal. */
  readonly firstP50: number
  readonly firstP99: number
}

answerParent(async (input: PrincipalsInput): Promise<PrincipalsRow> => {
  const { engine: name, count } = input
  if (name === IAMKIT) return measureStore(input)
  const engine = (await allEngines()).find((one) => one.name === name) as Engine
  return measurePeer(engine, count)
})

async function measureStore({ count, forgets }: PrincipalsInput): Promise<PrincipalsRow> {
  const shared = SHARED.map((policy) => JSON.stringify(policy))
  await askStore(shared, 2000)
  // Two for each principal, its document and its set: nothing is forgotten.
  const everything = 2 * (count + shared.length)
  const row = await askStore(shared, count, forgets ? undefined : everything)
  return { engine: IAMKIT, count, ...row, boundedBytes: undefined }
}

async function askStore(shared: readonly string[], count: number, capacity?: number) {
  const before = await bytesInUse()
  const store = createPrincipalStore(shared, capacity)
  for (let i = 0; i < count; i++) store.add(JSON.stringify(ownPolicy(i)), sharedBy(i))
  const idle = await bytesInUse()

  const times: number[] = []
  for (let i = 0; i < count; i++) {
    const [first, ...others] = principalQuestions(i)
    const request = requestFor(first as Question)
    const start = performance.now()
    const answer = isAllowed(store.policiesOf(i), request)
    if (times.length < MOST_TIMES) times.push((performance.now() - start) * 1e6)
    expect(answer, first as Question)
    for (const question of others) {
      expect(isAllowed(store.policiesOf(i), requestFor(question)), question)
    }
  }
  const asked = await bytesInUse()
  store.policiesOf(0) // so that the store lives until it was weighed
  return {
    idleBytes: (idle - before) / count,
    askedBytes: (asked - before) / count,
    ...first(times),
  }
}

const MOST_TIMES = 10_000

async function measurePeer(engine: Engine, count: number): Promise<PrincipalsRow> {
  const prepared = Array.from({ length: count }, (_, i) => engine.prepare(principal(i)))
  await askPeer(prepared)
  const before = await bytesInUse()
  const { deciders, times } = await askPeer(prepared)
  const asked = await bytesInUse()
  const askedBytes = Math.max(0, asked - before) / deciders.length
  return {
    engine: engine.name,
    count,
    idleBytes: undefined,
    boundedBytes: undefined,
    askedBytes,
    ...first(times),
  }
}

async function askPeer(prepared: readonly Build[]) {
  const deciders: Decider[] = []
  const times: number[] = []
  for (const [i, build] of prepared.entries()) {
    const questions = principalQuestions(i)
    const start = performance.now()
    const built = build()
    const decider = built instanceof Promise ? await built : built
    const answer = decider.decide(decider.requestFor(questions[0] as Question))
    times.push((performance.now() - start) * 1e6)
    expect(answer, questions[0] as Question)
    for (const question of questions) expect(decider.decide(decider.requestFor(question)), question)
    deciders.push(decider)
  }
  return { deciders, times }
}

function first(times: readonly number[]) {
  return { firstP50: quantile(times, 0.5), firstP99: quantile(times, 0.99) }
}

function expect(answer: boolean, question: Question): void {
  if (answer !== question.isAllowed) throw new Error(`wrong about ${question.action}`)
}
