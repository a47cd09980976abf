/**
 * Policy → CompiledPolicy: every element becomes a predicate, once.
 *
 * Errors  None: what cannot match becomes a predicate that says no.
 * Source  Specification 1.3 to 1.7.
 *
 * @module
 */
import { compileCondition } from '../condition/condition.js'
import type { Policy, Statement } from '../policy/policy.js'
import { createActionIndex, type IndexedStatement } from './action-index.js'
import { type ActionEntry, type ActionTest, compileAction } from './action-matcher.js'
import type { CompiledPolicy, CompiledStatement } from './compiled-policy.js'
import { compilePrincipal, type PrincipalOptions } from './principal-matcher.js'
import { compileNotResources, compileResources } from './resource-matcher.js'

/** How principals are read; nothing else in a policy leaves a choice. */
export type CompileOptions = PrincipalOptions

/**
 * Makes a policy ready for {@link evaluate}. Compile once, when a policy is loaded; the result is
 * immutable and may be shared by any number of policy sets.
 */
export function compile(policy: Policy, options: CompileOptions = {}): CompiledPolicy {
  const indexed = policy.statements.map((statement) => compileStatement(statement, policy, options))
  return Object.freeze({
    source: policy,
    statements: indexed.map(({ statement }) => statement),
    index: createActionIndex(indexed),
  })
}

function compileStatement(
  statement: Statement,
  policy: Policy,
  options: CompileOptions,
): IndexedStatement {
  const { principal, notPrincipal, conditions } = statement
  const actions = compileActions(statement)
  const matchesResource = compileResourceElement(statement, policy)
  return {
    services: actions.services,
    statement: Object.freeze<CompiledStatement>({
      source: statement,
      effect: statement.effect,
      matchesAction: actions.matches,
      conditions: conditions.map((condition) => compileCondition(condition, policy.version)),
      ...(principal && { principal: compilePrincipal(principal, options) }),
      ...(notPrincipal && { notPrincipal: compilePrincipal(notPrincipal, options) }),
      ...(matchesResource && { matchesResource }),
    }),
  }
}

interface Actions {
  readonly matches: ActionTest
  readonly services: ReadonlySet<string> | undefined
}

/** A statement with neither Action nor NotAction matches nothing, and so does an empty Action. */
function compileActions({ actions, notActions }: Statement): Actions {
  if (notActions) {
    const entries = notActions.map(compileAction)
    return { matches: (action) => !matchesSome(entries, action), services: undefined }
  }
  const entries = (actions ?? []).map(compileAction)
  const services = entries.map(({ service }) => service)
  return {
    matches: (action) => matchesSome(entries, action),
    services: services.every((service) => service !== undefined) ? new Set(services) : undefined,
  }
}

function matchesSome(entries: readonly ActionEntry[], action: string): boolean {
  return entries.some((entry) => entry.matches(action))
}

function compileResourceElement(
  { resources, notResources, effect }: Statement,
  { version }: Policy,
) {
  if (notResources) return compileNotResources(notResources, version, effect)
  return resources && compileResources(resources, version)
}
