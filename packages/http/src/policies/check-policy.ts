/**
 * One policy, held against the services of the app.
 *
 * Shape   actions, resources, condition keys and variables that no request has are mistakes, each with its place.
 * Errors  None: what is wrong is answered.
 *
 * @module
 */
import type { CompiledPolicy } from '@iamkit/core'
import type { PolicyFileProblem } from '../errors.js'
import { actionFlaws, type KnownServices } from './check-actions.js'
import { keyFlaws, variableFlaws } from './check-keys.js'
import { resourceFlaws } from './check-resources.js'

/** What is wrong with a policy, statement by statement. */
export function policyProblems(
  file: string,
  { source }: CompiledPolicy,
  known: KnownServices,
): readonly PolicyFileProblem[] {
  return source.statements.flatMap((statement) => {
    const { index, span } = statement
    const { line, column } = span?.start ?? {}
    const place = line === undefined ? {} : { line, column: column ?? 1 }
    const flaws = [
      ...actionFlaws(statement, known),
      ...resourceFlaws(statement, known),
      ...keyFlaws(statement, known),
      ...variableFlaws(statement, known, source.version),
    ]
    return flaws.map(({ element, message }) => ({
      file,
      pointer: `/Statement/${index}/${element}`,
      ...place,
      message,
    }))
  })
}
