/**
 * Action and NotAction: `service:Verb*`, compared without regard to case.
 *
 * Errors  None: an entry that is no action pattern matches nothing.
 * Source  Specification 1.5.
 *
 * @module
 */
import { compileGlob, parseGlob } from '../glob/glob.js'

export type ActionTest = (lowerCaseAction: string) => boolean

/** One entry of a list: the service it is bound to, or undefined for every service. */
export interface ActionEntry {
  readonly service?: string
  readonly matches: ActionTest
}

export function compileAction(pattern: string): ActionEntry {
  if (pattern === '*' || pattern === '*:*') return { matches: () => true }
  const lower = pattern.toLowerCase()
  const colon = lower.indexOf(':')
  if (colon < 0) return { service: '', matches: () => false }
  const service = lower.slice(0, colon)
  const matchesName = compileGlob(parseGlob(lower.slice(colon + 1)))
  return {
    service,
    matches: (action) =>
      action.charCodeAt(colon) === 58 &&
      action.startsWith(service) &&
      matchesName(action.slice(colon + 1)),
  }
}
