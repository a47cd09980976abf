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
import { matchesAction } from './action-pattern.js'
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
    candidates: (action: string) =>
      policy.statements.flatMap((one, place) => (matchesAction(one, action) ? [place] : [])),
  })
  return compiled
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
    conditions: conditions.map((condition) => compileCondition(condition, version, source.effect)),
    ...(principal && { principal: compilePrincipal(principal, options) }),
    ...(notPrincipal && { notPrincipal: compilePrincipal(notPrincipal, options) }),
    ...(patterns && { patterns }),
    ref: undefined,
  }
}
