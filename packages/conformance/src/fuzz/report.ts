/**
 * What a run has seen, as text, and what it should have seen more often.
 *
 * Units   a count must reach 1,000 in a run of a million requests; in a shorter run half of its
 *         share, because chance weighs more there, and below 100,000 requests nothing.
 * Errors  None.
 *
 * @module
 */
import { MALFORMED_KINDS, ODD_KINDS } from '../arbitrary/malformed.js'
import type { Disagreement } from './compare.js'
import type { Counts } from './counts.js'
import { RULES } from './rule-coverage.js'
import type { ShardResult } from './shard.js'
import { OPERATOR_OUTCOMES, PRINCIPAL_OUTCOMES } from './statement-coverage.js'

/** How often everything must be seen in so many requests. */
function leastCount(runs: number): number {
  if (runs < 100_000) return 0
  return runs < 1_000_000 ? Math.floor(runs / 2000) : 1000
}

export interface Coverage {
  readonly lines: readonly string[]
  /** What was seen too seldom. */
  readonly rare: readonly string[]
}

export function coverageOf(result: ShardResult, runs: number): Coverage {
  const least = leastCount(runs)
  const groups = [
    ['rules of section 5', RULES, result.rules],
    ['operators', OPERATOR_OUTCOMES, result.operators],
    ['principal forms', PRINCIPAL_OUTCOMES, result.operators],
    ['malformed requests', MALFORMED_KINDS, result.odd],
    ['odd requests', ODD_KINDS, result.odd],
  ] as const
  return {
    lines: [
      ...groups.flatMap(([title, names, counts]) => [
        `${title} (${names.length}, each at least ${least} times)`,
        ...names.map((name) => `  ${times(counts, name)}  ${name}`),
      ]),
      'step 3 of 5.5 cannot decide: every level of RCPs carries the built-in allow',
    ],
    rare: groups.flatMap(([, names, counts]) =>
      names.filter((name) => (counts.get(name) ?? 0) < least),
    ),
  }
}

function times(counts: Counts, name: string): string {
  return String(counts.get(name) ?? 0).padStart(9)
}

/** The counterexample as a file of one case. */
export function caseOf(disagreement: Disagreement, id: string): string {
  const { policies, request, expected, problem } = disagreement
  const { rule, answer, type } = expected
  const title = `the reference says ${answer}${type ? ` (${type})` : ''}; ${problem}`
  const one = { id, title, rule: rule.slice(0, 3), request, policies, expect: answer }
  const file = { format: 'iamkit-conformance/1', derivedContext: false, cases: [one] }
  return JSON.stringify(file, null, 2)
}
