/**
 * Collects the problems of one document, with their places.
 *
 * Units   at most 1000 problems are kept; a hostile document may have millions.
 * Errors  None.
 *
 * @module
 */
import type { Position } from '../json/node.js'
import type { Problem, ProblemLevel } from './problem.js'

/** What is wrong with one value, before it has a place. */
export interface Flaw {
  readonly code: string
  readonly message: string
  /** Absent: `error`. */
  readonly level?: ProblemLevel
}

/** Where something stands: its pointer and, for text, its offset (-1 without a text). */
export interface Place {
  readonly pointer: string
  readonly offset: number
}

export interface Report {
  readonly problems: readonly Problem[]
  readonly add: (place: Place, flaw: Flaw) => void
}

const MAX_PROBLEMS = 1000

export function createReport(positionAt?: (offset: number) => Position): Report {
  const problems: Problem[] = []
  return {
    problems,
    add({ pointer, offset }, { code, message, level = 'error' }) {
      if (problems.length === MAX_PROBLEMS) return
      const position = offset >= 0 ? positionAt?.(offset) : undefined
      problems.push({ code, level, pointer, message, ...(position && { position }) })
    },
  }
}
