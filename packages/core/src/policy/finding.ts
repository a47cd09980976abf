/**
 * What is doubtful in a policy, before it has a pointer.
 *
 * Errors  None.
 *
 * @module
 */
import type { Flaw } from './report.js'

/** A flaw and where in the document it stands, as keys and indices. */
export interface Finding extends Flaw {
  readonly path: readonly (string | number)[]
}
