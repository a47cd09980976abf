/**
 * Which statements can match an action: those bound to its service, and those bound to none.
 *
 * Errors  None.
 *
 * @module
 */
import type { CompiledStatement } from './compiled-policy.js'

export interface ActionIndex {
  /** Statements of every service, and of this one, in document order. */
  readonly candidates: (lowerCaseAction: string) => readonly CompiledStatement[]
}

/** A statement with the services its actions are bound to; undefined: it may match any service. */
export interface IndexedStatement {
  readonly statement: CompiledStatement
  readonly services: ReadonlySet<string> | undefined
}

export function createActionIndex(statements: readonly IndexedStatement[]): ActionIndex {
  const unbound = statements.filter(({ services }) => !services).map(({ statement }) => statement)
  const byService = new Map<string, readonly CompiledStatement[]>()
  for (const service of new Set(statements.flatMap(({ services }) => [...(services ?? [])]))) {
    const candidates = statements.filter(({ services }) => !services || services.has(service))
    byService.set(
      service,
      candidates.map(({ statement }) => statement),
    )
  }
  return { candidates: (action) => byService.get(action.slice(0, action.indexOf(':'))) ?? unbound }
}
