/**
 * What can be wrong with the variables of a value.
 *
 * Source  Specification 1.2, 3.1 and 3.2.
 *
 * @module
 */
import { cut } from '../errors.js'
import type { PolicyVersion } from './document.js'
import type { Flaw } from './report.js'
import { parseTemplate } from './variable.js'

export function checkVariables(value: string, version: PolicyVersion): Flaw | undefined {
  const { fault } = parseTemplate(value, { version, wildcards: true })
  return fault && { code: fault, message: `\`${cut(value)}\` has ${FAULTS[fault]}` }
}

const FAULTS = {
  'missing-brace-in-variable': 'a variable without its closing brace',
  'missing-quote-in-variable':
    "a variable whose default is not in single quotes, as in `${key, 'default'}`",
  'empty-variable': 'an empty variable',
  'unsupported-space-in-variable': 'a blank in the name of a variable',
}
