/**
 * What can be wrong with the variables of a value.
 *
 * Source  Specification 1.2, 3.1 and 3.2.
 *
 * @module
 */
import type { PolicyVersion } from './document.js'
import { type Flaw, flawOf } from './flaw.js'
import { parseTemplate } from './variable.js'

export function checkVariables(value: string, version: PolicyVersion): Flaw | undefined {
  if (!value.includes('${')) return undefined
  const { fault } = parseTemplate(value, { version, wildcards: true })
  return fault && flawOf(fault, value)
}
