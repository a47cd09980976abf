/**
 * Requests that nobody should send: `evaluate` refuses those that are none, and says so; `isAllowed` and
 * `explain` give its answer, whichever policies were tested first.
 *
 * Shape   asked of the policies of a scenario, and of three sets that allow its request by a star, by
 *         the exact ARN and by the ARN's beginning: a fault that a refusal hides would show there.
 * Errors  None: what core throws is a fault.
 *
 * @module
 */
import {
  type AuthorizationRequest,
  createPolicySet,
  evaluate,
  explain,
  isAllowed,
  type PolicySet,
} from '@iamkit/core'
import type { Choices } from '../arbitrary/choices.js'
import { type OddRequest, oddRequest } from '../arbitrary/malformed.js'
import type { Scenario } from '../arbitrary/scenario.js'
import { compileSet } from '../engine.js'
import type { ReferenceRequest } from '../reference/document-set.js'

export interface OddOutcome {
  readonly kind: string
  /** What should not have happened; absent where all went well. */
  readonly fault?: string
}

export function askOddly({ policies, requests }: Scenario, choices: Choices): OddOutcome {
  const [base] = requests as readonly [ReferenceRequest]
  const odd = oddRequest(choices, base)
  const sets = [compileSet(policies), ...generousSets(base)]
  for (const set of sets.flatMap((one) => [one, createPolicySet(one)])) {
    const fault = faultOf(set, odd)
    if (fault !== undefined) return { kind: odd.kind, fault: `${odd.kind}: ${fault}` }
  }
  return { kind: odd.kind }
}

function generousSets({ resource }: ReferenceRequest): readonly PolicySet[] {
  const policies = ['*', resource, `${resource.slice(0, -1)}*`].map((Resource) => ({
    Version: '2012-10-17' as const,
    Statement: { Effect: 'Allow' as const, Action: '*', Resource },
  }))
  const [star] = policies
  return policies.flatMap((policy) => [
    compileSet({ identity: [policy] }),
    compileSet({
      identity: [policy],
      resource: { ...policy, Statement: { ...policy.Statement, Principal: '*' } },
      scps: star ? [[star]] : [],
    }),
  ])
}

function faultOf(set: PolicySet, odd: OddRequest): string | undefined {
  const request = odd.request as AuthorizationRequest
  try {
    const decision = evaluate(set, request)
    const shown = JSON.stringify(decision)
    const isRefused = decision.answer === 'ImplicitDeny' && decision.problem !== undefined
    if (odd.isMalformed && !isRefused) return `evaluate: ${shown}`
    const allowed = isAllowed(set, request)
    if (allowed !== (decision.answer === 'Allow'))
      return `evaluate: ${shown}, isAllowed: ${allowed}`
    const explained = JSON.stringify(explain(set, request).decision)
    if (explained !== shown) return `evaluate: ${shown}, explain: ${explained}`
    return undefined
  } catch (error) {
    return `error: ${String(error)}`
  }
}
