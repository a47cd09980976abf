/**
 * Runs cases against an engine.
 *
 * Shape   each case is decided, decided once more without clock and chance, and explained. All
 *         three answers must be the expected one.
 * Errors  None: what an engine throws is a failure of the case.
 * Source  Specification, section 8.
 *
 * @module
 */
import type { Case } from './case.js'
import type { Engine, EngineDecision } from './engine.js'
import { withHostileClock } from './hostile-clock.js'

export interface Failure {
  readonly id: string
  readonly title: string
  readonly expected: string
  /** An answer, or what was thrown or contradicted itself. */
  readonly got: string
  /** The engine's reasons, where it can give them. */
  readonly explanation?: string
}

export interface Report {
  readonly engine: string
  /** Ids of the cases that came out as expected. */
  readonly passed: readonly string[]
  readonly failed: readonly Failure[]
  /** Ids of the cases whose expectation is in doubt and on which AWS documents nothing. */
  readonly disputed: readonly string[]
}

/** A disputed case passes or fails by what AWS documents, and counts apart where that is nothing. */
export function runCases(engine: Engine, cases: readonly Case[]): Report {
  const passed: string[] = []
  const failed: Failure[] = []
  const disputed: string[] = []
  for (const one of cases) {
    const expected = one.disputed === undefined ? one.expect : one.documented
    const got = answerOf(engine, one)
    if (expected === undefined) disputed.push(one.id)
    else if (isExpected(got, expected)) passed.push(one.id)
    else failed.push(failureOf(engine, one, { expected, got }))
  }
  return { engine: engine.name, passed, failed, disputed }
}

function isExpected(got: string, expected: Case['expect']): boolean {
  if (expected === 'Deny') return got === 'ExplicitDeny' || got === 'ImplicitDeny'
  return got === expected
}

/** The engine's answer; text that is none where it threw or contradicted itself. */
function answerOf(engine: Engine, one: Case): string {
  try {
    const decision = engine.decide(one.policies, one.request)
    const blind = withHostileClock(() => engine.decide(one.policies, one.request))
    if (!isSame(decision, blind)) return `${blind.answer} without a clock, else ${decision.answer}`
    const explained = engine.explain?.(one.policies, one.request).decision ?? decision
    if (!isSame(decision, explained)) {
      return `${explained.answer} when explained, else ${decision.answer}`
    }
    return decision.answer
  } catch (error) {
    return `error: ${error instanceof Error ? error.message : String(error)}`
  }
}

/** Decisions are plain data, whatever else an engine puts into them. */
function isSame(a: EngineDecision, b: EngineDecision): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

function failureOf(engine: Engine, one: Case, outcome: Pick<Failure, 'expected' | 'got'>): Failure {
  const { id, title } = one
  try {
    const text = engine.explain?.(one.policies, one.request).text
    return { id, title, ...outcome, ...(text !== undefined && { explanation: text }) }
  } catch {
    return { id, title, ...outcome }
  }
}
