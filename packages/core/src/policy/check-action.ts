/**
 * What can be wrong with an Action or NotAction entry.
 *
 * Source  Specification 1.5 and 1.9.
 *
 * @module
 */
import { cut } from '../errors.js'
import type { Flaw } from './report.js'

export function checkAction(action: string): Flaw | undefined {
  if (action === '*' || action === '*:*') return undefined
  const flaw = (code: string, problem: string): Flaw => ({
    code,
    message: `action \`${cut(action)}\` ${problem}`,
  })
  if (action.includes('${'))
    return flaw('variable-unsupported-in-element', 'holds a variable; actions take none')

  const [prefix = '', name, ...rest] = action.split(':')
  if (name === undefined)
    return flaw('invalid-action', 'needs a service prefix, such as `docs:GetDocument`')
  if (rest.length > 0) return flaw('invalid-action', 'may hold one colon only')
  if (/[*?]/.test(prefix))
    return flaw('wildcard-in-service-name', 'has a wildcard in its service prefix')
  if (!/^[a-zA-Z0-9.-]{1,64}$/.test(prefix))
    return flaw('invalid-service-in-action', 'has an ill-formed service prefix')
  if (!/^[^\s:]{1,128}$/.test(name))
    return flaw('invalid-action-name', 'has an ill-formed name after its prefix')
  return undefined
}
