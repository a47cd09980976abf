/**
 * What is doubtful in a policy, or would be refused elsewhere, before it has a place.
 *
 * Errors  None.
 *
 * @module
 */
import { nodeAt } from '../json/pointer.js'
import { flawOf } from './flaw.js'
import type { Problem, ProblemLevel } from './problem.js'
import type { PolicyReading } from './read-policy.js'
import { createReport } from './report.js'

export interface Finding {
  /** Where in the document it stands, as keys and indices. A single value stands for a list of one. */
  readonly path: readonly (string | number)[]
  readonly level: ProblemLevel
  readonly code: string
  readonly value?: string
  readonly remedy?: string
}

/** Gives findings their places, in the order of the document. */
export function problemsOf(
  findings: Iterable<Finding>,
  { root, positionAt }: PolicyReading,
): readonly Problem[] {
  if (!root) return []
  const report = createReport(Number.POSITIVE_INFINITY)
  for (const { path, level, code, value, remedy } of findings) {
    report.add(nodeAt(root, path), { ...flawOf(code, value, remedy), level })
  }
  return report.problems(root, positionAt)
}
