/**
 * Why a request was denied, for whoever develops the app.
 *
 * Shape   the sentence that people know from AWS, the statements that speak of the action, and a hint. A
 *         caller of another account hears that it is one, and nothing else, as with AWS.
 * Units   at most 20 statements, 10 values each of at most 128 code units.
 * Errors  None.
 * Source  Specification 6.
 *
 * @module
 */
import type { AuthorizationRequest, ConditionExplanation, StatementExplanation } from '@iamkit/core'
import type { IamDecision } from './decision.js'

export interface DenialDetails {
  /** Absent for a caller of another account, as is `explain`. */
  readonly detail?: string
  readonly explain?: readonly Readonly<Record<string, unknown>>[]
  readonly hint?: string
}

const MAX_STATEMENTS = 20
const MAX_VALUES = 10
const MAX_LENGTH = 128

/** What may be told of a denial. */
export function explainDenial(decision: IamDecision): DenialDetails {
  const foreign = strangerHint(decision.request)
  if (foreign !== undefined) return { hint: foreign }
  const { message, statements, nearest } = decision.explain()
  const speaking = statements.filter(({ elements }) => elements.action === true)
  const denying = speaking.filter(({ effect, applies }) => effect === 'Deny' && applies)
  const others = speaking.filter((statement) => !denying.includes(statement))
  const hint =
    denying.length > 0
      ? denyHint(denying)
      : (nearest?.message ?? silenceHint(decision.request, { statements, speaking }))
  return {
    detail: message,
    explain: [...denying, ...others].slice(0, MAX_STATEMENTS).map(brief),
    ...(hint !== undefined && { hint }),
  }
}

/** What a caller hears who is none of ours: mostly an app whose accounts are not the same everywhere. */
function strangerHint({ principal, resourceAccount }: AuthorizationRequest): string | undefined {
  const more = `more is told to callers of \`${cut(resourceAccount)}\` alone`
  if (!('account' in principal)) {
    return `the caller has no account: only a policy of the resource can allow it; ${more}`
  }
  const { account } = principal
  if (account === resourceAccount) return undefined
  return `the caller is of account \`${cut(account)}\`, the resource of \`${cut(resourceAccount)}\`: policies of both must allow it; ${more}`
}

/** Such as ``NothingSecret` denies it: `docs:Classification` is `secret``. */
function denyHint([first, ...more]: readonly StatementExplanation[]): string | undefined {
  if (first === undefined) return undefined
  const met = first.conditions.map(({ key, had }) =>
    had === undefined ? `\`${cut(key)}\` is missing` : `\`${cut(key)}\` is ${quoted(had)}`,
  )
  const why = met.length > 0 ? `: ${met.join('; ')}` : ', whatever the request holds'
  const also = more.length > 0 ? `; so do ${more.length} more` : ''
  return `\`${nameOf(first)}\` denies it${why}${also}`
}

interface Heard {
  readonly statements: readonly StatementExplanation[]
  readonly speaking: readonly StatementExplanation[]
}

/** Where nothing came near: mostly a policy in the wrong place, or an action that nobody thought of. */
function silenceHint(
  { action }: AuthorizationRequest,
  { statements, speaking }: Heard,
): string | undefined {
  if (statements.length === 0) return 'no policy is attached to this caller or this resource'
  return speaking.length === 0 ? `no statement speaks of \`${cut(action)}\`` : undefined
}

/** One statement, with what decided about it: what a Deny has met, or what an Allow has missed. */
function brief(statement: StatementExplanation): Readonly<Record<string, unknown>> {
  const { policy, policyType, sid, effect, applies, failed, conditions } = statement
  const unmet = conditions.filter(({ matched }) => !matched)
  return {
    policy: cut(policy ?? policyType),
    statement: sid === undefined ? statement.statement : cut(sid),
    effect,
    applies,
    ...(failed && { failed }),
    ...(failed === 'condition' && { unmet: unmet.map(plain) }),
    ...(applies && conditions.length > 0 && { met: conditions.map(plain) }),
  }
}

function plain({ operator, key, wanted, had }: ConditionExplanation) {
  return {
    operator,
    key: cut(key),
    wanted: wanted.slice(0, MAX_VALUES).map((value) => value && cut(value)),
    had: typeof had === 'string' ? cut(had) : (had?.slice(0, MAX_VALUES).map(cut) ?? null),
  }
}

function nameOf({ sid, policy, policyType, statement }: StatementExplanation): string {
  return cut(sid ?? `${policy ?? policyType}, statement ${statement}`)
}

function quoted(had: string | readonly string[]): string {
  const values = typeof had === 'string' ? [had] : had
  const shown = values.slice(0, MAX_VALUES).map((value) => `\`${cut(value)}\``)
  return shown.join(', ') || 'empty'
}

function cut(text: string): string {
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text
}
