/**
 * The denials of one caller and one action that rest on the same policy type.
 *
 * Units   20 of them are explained; the others are only counted, because to explain is slow.
 * Errors  None.
 *
 * @module
 */
import type { Explanation, PolicyType, RequestPrincipal, StatementExplanation } from '@iamkit/core'
import type { IamDecision } from '../guard/decision.js'
import { ResourceRange } from './resource-range.js'
import type { ShadowFinding, ShadowStatement } from './shadow-report.js'

const MAX_EXPLAINED = 20
const MAX_STATEMENTS = 5

export interface TallyOf {
  /** Whose policies would have to change. */
  readonly caller: string
  readonly principal: RequestPrincipal
  readonly action: string
  readonly answer: 'ImplicitDeny' | 'ExplicitDeny'
  readonly policyType: PolicyType
}

export class Tally {
  readonly about: TallyOf
  readonly resources = new ResourceRange()
  readonly #statements = new Map<string, ShadowStatement>()
  #calls = 0
  #named = 0

  constructor(about: TallyOf) {
    this.about = about
  }

  get calls(): number {
    return this.#calls
  }

  /** The calls about a resource with a name: what only a loader knows and did not find has none. */
  get named(): number {
    return this.#named
  }

  add(decision: IamDecision): void {
    this.#calls++
    const { resource, resourceTrust } = decision.request
    if (resource !== '*' || resourceTrust === undefined) {
      this.#named++
      this.resources.add(resource)
    }
    if (this.#calls <= MAX_EXPLAINED) this.#note(decision.explain())
  }

  finding(): ShadowFinding {
    const { caller, action, answer, policyType } = this.about
    const statements = [...this.#statements.values()].sort((a, b) => b.calls - a.calls)
    const resources = this.resources.listed
    return { calls: this.#calls, caller, action, answer, policyType, resources, statements }
  }

  #note({ nearest, statements }: Explanation): void {
    if (this.about.answer === 'ImplicitDeny') {
      if (nearest) this.#count(nearest.statement, nearest.message)
      return
    }
    for (const statement of statements) {
      const denies = statement.effect === 'Deny' && statement.applies
      if (denies) this.#count(statement, `\`${nameOf(statement)}\` denies it`)
    }
  }

  #count(statement: StatementExplanation, message: string): void {
    const name = nameOf(statement)
    const known = this.#statements.get(name)
    if (known === undefined && this.#statements.size >= MAX_STATEMENTS) return
    this.#statements.set(name, { name, calls: (known?.calls ?? 0) + 1, message })
  }
}

/** Its Sid, or its place in its policy. */
function nameOf({ sid, policy, statement }: StatementExplanation): string {
  return (
    sid ?? (policy === undefined ? `statement ${statement}` : `${policy}, statement ${statement}`)
  )
}
