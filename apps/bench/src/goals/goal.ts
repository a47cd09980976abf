/**
 * One goal, and what a run made of it.
 *
 * Errors  None.
 *
 * @module
 */

export interface Goal {
  readonly part: string
  readonly name: string
  readonly actual: number
  readonly bound: number
  readonly kind: 'at least' | 'at most'
  readonly format: (value: number) => string
}

/** What could not be measured is a goal missed. */
export function isMet({ actual, bound, kind }: Goal): boolean {
  return kind === 'at least' ? actual >= bound : actual <= bound
}

export function renderGoal(goal: Goal): string {
  const { part, name, actual, bound, kind, format } = goal
  const found = Number.isFinite(actual) ? format(actual) : 'not measured'
  return `${isMet(goal) ? '✓' : '✗'} ${part}  ${name}: ${found} (${kind} ${format(bound)})`
}
