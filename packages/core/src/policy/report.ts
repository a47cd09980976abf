/**
 * Collects the problems of one document, with their places.
 *
 * Units   at most 1000 problems are kept, since a hostile document may have millions; a last one then
 *         refuses the document, whatever the others are.
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
const TOO_MANY: Problem = {
  code: 'too-many-problems',
  level: 'error',
  pointer: '',
  message: `more than ${MAX_PROBLEMS} problems; the others are not listed`,
}

export function createReport(positionAt?: (offset: number) => Position): Report {
  const problems: Problem[] = []
  return {
    problems,
    add({ pointer, offset }, { code, message, level = 'error' }) {
      if (problems.length > MAX_PROBLEMS) return
      if (problems.length === MAX_PROBLEMS) {
        problems.push(TOO_MANY) // what is not kept may be an error, while all that is kept are hints
        return
      }
      const position = offset >= 0 ? positionAt?.(offset) : undefined
      problems.push({ code, level, pointer, message, ...(position && { position }) })
    },
  }
}

/** Problems come as elements are read; people go through a text from its beginning. */
export function inDocumentOrder(problems: readonly Problem[]): readonly Problem[] {
  const offsetOf = ({ position }: Problem) => position?.offset ?? Number.MAX_SAFE_INTEGER
  return [...problems].sort((a, b) => offsetOf(a) - offsetOf(b))
}
