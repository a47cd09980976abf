/**
 * Reports as text for a terminal.
 *
 * Errors  None.
 *
 * @module
 */
import type { Failure, Report } from './run.js'

export interface Summary {
  readonly lines: readonly string[]
  /** Failures that no list excuses. */
  readonly failures: number
}

/** One line for the report, then each failure; a failure that is known stands with its reason. */
export function summarize(
  name: string,
  report: Report,
  known: ReadonlyMap<string, string> = new Map(),
): Summary {
  const unknown = report.failed.filter(({ id }) => !known.has(id))
  const excused = report.failed.filter(({ id }) => known.has(id))
  const surprises = report.passed.filter((id) => known.has(id))
  const counts = [
    `${report.passed.length} passed`,
    `${unknown.length} failed`,
    ...(excused.length > 0 ? [`${excused.length} differ as documented`] : []),
    ...(report.disputed.length > 0 ? [`${report.disputed.length} disputed`] : []),
  ]
  return {
    lines: [
      `${name}, ${report.engine}: ${counts.join(', ')}`,
      ...unknown.flatMap(failureLines),
      ...excused.map(({ id, expected, got }) => {
        return `  ${id}: expected ${expected}, got ${got}, as documented: ${known.get(id)}`
      }),
      ...surprises.map((id) => `  ${id}: passes although it is documented to differ`),
    ],
    failures: unknown.length,
  }
}

export function failureLines(failure: Failure): readonly string[] {
  const { id, title, expected, got, explanation = '' } = failure
  return [
    `  ${id}: expected ${expected}, got ${got}`,
    `    ${title}`,
    ...explanation
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => `    ${line}`),
  ]
}
