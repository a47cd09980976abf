/**
 * Policy → CompiledPolicy: every element becomes a predicate, once, and when it is first needed.
 *
 * Errors  None: what cannot match becomes a predicate that says no.
 * Source  Specification 1.3 to 1.7.
 *
 * @module
 */
import { compileCondition } from '../condition/condition.js'
import type { Policy, Statement } from '../policy/policy.js'
import { type ActionIndex, createActionIndex, matchesAction } from './action-index.js'
import type { CompiledPolicy, CompiledStatement } from './compiled-policy.js'
import { compilePrincipal, type PrincipalOptions } from './principal-matcher.js'
import { compileResourcePattern } from './resource-pattern.js'

/** How principals are read; nothing else in a policy leaves a choice. */
export type CompileOptions = PrincipalOptions

/**
 * Makes a policy ready for {@link evaluate}. Compile once, when a policy is loaded; the result may be
 * shared by any number of policy sets.
 */
export function compile(policy: Policy, options: CompileOptions = {}): CompiledPolicy {
  const made: CompiledStatement[] = []
  const compiled: CompiledPolicy = Object.freeze({
    source: policy,
    statementAt: (place: number) => {
      made[place] ??= compileStatement(policy.statements[place] as Statement, compiled, options)
      return made[place]
    },
    candidates: candidateFinder(policy.statements),
  })
  return compiled
}

/** Below this many action patterns, asking each costs less than an index. */
const FEW_ACTIONS = 24

function candidateFinder(statements: readonly Statement[]): (action: string) => readonly number[] {
  const patterns = statements.reduce(
    (sum, { actions, notActions }) => sum + (actions ?? notActions ?? []).length,
    0,
  )
  const places = statements.map((_, place) => place)
  if (patterns <= FEW_ACTIONS) {
    return (action) =>
      places.filter((place) => matchesAction(statements[place] as Statement, action))
  }
  let index: ActionIndex<number> | undefined
  return (action) => {
    index ??= createActionIndex(statements.map((statement, place) => [statement, place]))
    return [...new Set(index.find(action).flat())].sort((a, b) => a - b)
  }
}

function compileStatement(
  source: Statement,
  policy: CompiledPolicy,
  options: CompileOptions,
): CompiledStatement {
  const { principal, notPrincipal, resources, notResources, conditions } = source
  const { version } = policy.source
  const patterns = (notResources ?? resources)?.map((text) => compileResourcePattern(text, version))
  return {
    policy,
    source,
    conditions: conditions.map((condition) => compileCondition(condition, version)),
    ...(principal && { principal: compilePrincipal(principal, options) }),
    ...(notPrincipal && { notPrincipal: compilePrincipal(notPrincipal, options) }),
    ...(patterns && { patterns }),
  }
}
