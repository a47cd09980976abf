/**
 * W5, the other way round: what the first request about each action costs, right after a set of 100,000
 * statements was made.
 *
 * Units   milliseconds.
 * Errors  an `Error` where a decision is wrong.
 *
 * @module
 */
import { isAllowed } from '@iamkit/core'
import { policySet, requestFor } from '../engines/iamkit.js'
import { answerParent } from '../measure/child.js'
import { median } from '../measure/statistics.js'
import { LARGE_ACTIONS, large, SIZES } from '../workloads/large.js'
import type { Question } from '../workloads/scenario.js'

export interface FirstDecision {
  readonly statements: number
  readonly buildMs: number
  /** Of the very first request to a set. */
  readonly firstMs: number
  /** Of the first request about the slowest action. */
  readonly slowestMs: number
}

const SETS = 3

answerParent((): FirstDecision => {
  const warm = large(1000)
  for (let i = 0; i < 3; i++) timeFirsts(warm.documents, warm.questions)

  const { documents, questions } = large(Math.max(...SIZES))
  const runs = Array.from({ length: SETS }, () => timeFirsts(documents, questions))
  const slowest = LARGE_ACTIONS.map((_, i) => median(runs.map(({ ms }) => ms[i] ?? 0)))
  return {
    statements: Math.max(...SIZES),
    buildMs: median(runs.map(({ buildMs }) => buildMs)),
    firstMs: median(runs.map(({ ms }) => ms[0] as number)),
    slowestMs: Math.max(...slowest),
  }
})

function timeFirsts(documents: Parameters<typeof policySet>[0], questions: readonly Question[]) {
  const firsts = LARGE_ACTIONS.flatMap(
    (action) => questions.find((one) => one.action === action) ?? [],
  )
  const requests = firsts.map(requestFor)
  const start = performance.now()
  const policies = policySet(documents)
  const buildMs = performance.now() - start
  const ms = requests.map((request, i) => {
    const before = performance.now()
    const answer = isAllowed(policies, request)
    const after = performance.now()
    if (answer !== firsts[i]?.isAllowed) throw new Error(`wrong about ${request.action}`)
    return after - before
  })
  return { buildMs, ms }
}
