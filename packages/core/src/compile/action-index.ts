/**
 * Which statements can match an action: those bound to its service, and those bound to none.
 *
 * Units   a service's list is made when it is first asked for: a hostile policy of many services and
 *         many unbound statements would else hold services × statements entries.
 * Errors  None.
 *
 * @module
 */
import type { ActionIndex, CompiledStatement } from './compiled-policy.js'

/** A statement with the services its actions are bound to; undefined: it may match any service. */
export interface IndexedStatement {
  readonly statement: CompiledStatement
  readonly services: ReadonlySet<string> | undefined
}

export function createActionIndex(statements: readonly IndexedStatement[]): ActionIndex {
  const known = new Set<string>()
  for (const { services } of statements) for (const service of services ?? []) known.add(service)
  const unbound = statements.filter(({ services }) => !services).map(({ statement }) => statement)
  const byService = new Map<string, readonly CompiledStatement[]>()

  return {
    candidates(action) {
      const service = action.slice(0, action.indexOf(':'))
      const made = byService.get(service)
      if (made) return made
      if (!known.has(service)) return unbound
      const candidates = statements
        .filter(({ services }) => !services || services.has(service))
        .map(({ statement }) => statement)
      byService.set(service, candidates)
      return candidates
    },
  }
}
