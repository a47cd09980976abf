/**
 * One thing wrong with a policy document.
 *
 * Shape   a code, a level, a JSON pointer and, where the document came as text, a position.
 * Errors  None.
 * Source  Specification 1.9; codes are those of IAM Access Analyzer's policy checks in lower case
 *         where one exists.
 *
 * @module
 */
import type { Position } from '../json/node.js'

/**
 * `error`: the document is refused. `security-warning`: it may allow more than meant.
 * `warning`: it may not do what it says. `info`: it says something needlessly.
 */
export type ProblemLevel = 'error' | 'security-warning' | 'warning' | 'info'

export interface Problem {
  /** Stable name of the check, such as `invalid-effect`. */
  readonly code: string
  readonly level: ProblemLevel
  /** RFC 6901 pointer into the document; empty for the document itself. */
  readonly pointer: string
  /** What is wrong and, where it can, what would be right. One line, lower-case start, no full stop. */
  readonly message: string
  /** Absent where the document came as an object. */
  readonly position?: Position
}
