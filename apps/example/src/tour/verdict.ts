/**
 * How a whole tour went.
 *
 * Errors  None.
 *
 * @module
 */
import type { Visit } from './tour.js'

export interface Verdict {
  readonly isGood: boolean
  readonly text: string
}

export function verdictOf(visits: readonly Visit[]): Verdict {
  const unexpected = visits.filter(({ status, step }) => status !== step.status)
  if (unexpected.length === 0) {
    return { isGood: true, text: `All ${visits.length} calls were answered as the policies say.` }
  }
  const numbers = unexpected.map(({ number }) => number).join(', ')
  return {
    isGood: false,
    text: `${unexpected.length} of ${visits.length} calls were answered otherwise than expected: ${numbers}`,
  }
}
