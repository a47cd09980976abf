/**
 * Keeps count of what routes in shadow mode would have refused.
 *
 * Shape   one {@link Tally} a caller, action and policy type; at most 1,000 of them, and what comes after
 *         is counted but not kept apart.
 * Errors  None.
 *
 * @module
 */
import type { RequestPrincipal } from '@iamkit/core'
import type { IamDecision } from '../guard/decision.js'
import type { Access, Refusal } from '../guard/outcome.js'
import type { ShadowReport } from './shadow-report.js'
import { suggestionsFor } from './suggestion.js'
import { Tally } from './tally.js'

const MAX_TALLIES = 1000

export class ShadowLog {
  readonly #since: Date
  readonly #tallies = new Map<string, Tally>()
  #calls = 0
  #denied = 0
  #unauthenticated = 0
  #undecided = 0

  constructor(since: Date) {
    this.#since = since
  }

  /** One call of a route in shadow mode, and what would have refused it. */
  record({ decision, principal }: Access, refusal: Refusal | undefined): void {
    this.#calls++
    if (refusal?.kind === 'unauthenticated') this.#unauthenticated++
    if (isUndecided(decision)) this.#undecided++
    else if (!decision.allowed) this.#deny(decision, principal)
  }

  report(): ShadowReport {
    const tallies = [...this.#tallies.values()].sort((a, b) => b.calls - a.calls)
    return {
      since: this.#since,
      calls: this.#calls,
      denied: this.#denied,
      unauthenticated: this.#unauthenticated,
      undecided: this.#undecided,
      findings: tallies.map((tally) => tally.finding()),
      suggestions: suggestionsFor(tallies),
    }
  }

  #deny(decision: IamDecision, principal: RequestPrincipal): void {
    this.#denied++
    this.#tallyOf(decision, principal)?.add(decision)
  }

  #tallyOf(decision: IamDecision, principal: RequestPrincipal): Tally | undefined {
    if (decision.answer === 'Allow') return undefined
    const { answer, type: policyType, request } = decision
    const about = {
      caller: callerOf(principal),
      principal,
      action: request.action,
      answer,
      policyType,
    }
    const key = JSON.stringify([about.caller, about.action, answer, policyType])
    const known = this.#tallies.get(key)
    if (known || this.#tallies.size >= MAX_TALLIES) return known
    const tally = new Tally(about)
    this.#tallies.set(key, tally)
    return tally
  }
}

function isUndecided(decision: IamDecision): boolean {
  return decision.answer === 'ImplicitDeny' && decision.problem !== undefined
}

/** Who must get a policy: a session has those of its role. */
function callerOf(principal: RequestPrincipal): string {
  switch (principal.type) {
    case 'role-session':
      return principal.roleArn
    case 'federated-user':
      return principal.userArn
    case 'user':
    case 'root':
      return principal.arn
    case 'service':
      return principal.service
    case 'federated-caller':
      return principal.provider
    case 'anonymous':
      return 'anonymous'
  }
}
