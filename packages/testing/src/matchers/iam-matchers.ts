/**
 * Matchers that ask an app's policies, and say why when the answer is not the one expected.
 *
 * Shape   an object for `expect.extend`; it imports no test runner, so that any with the same
 *         protocol can take it.
 * Errors  {@link CallerError} (`ERR_NOT_A_CALLER`); what `check` throws about an impossible question.
 *
 * @module
 */
import { type ActionOf, type AnyService, renderExplanation } from '@iamkit/core'
import type { CheckRequest, IamDecision } from '@iamkit/http'
import { CallerError } from '../errors.js'
import { isCaller } from './caller.js'

/** What a question says beside its action and its resource. */
export type Circumstances = Omit<CheckRequest, 'identity' | 'action' | 'resource'>

export interface DenialCircumstances extends Circumstances {
  /** `implicit`: no statement allows it. `explicit`: a `Deny` applies. Absent: either. */
  readonly by?: 'implicit' | 'explicit'
}

/** The matchers as `expect` shows them. `@iamkit/testing/vitest` adds them to vitest's own. */
export interface IamAssertions<S extends AnyService> {
  toBeAllowed(action: ActionOf<S>, resource?: string, circumstances?: Circumstances): void
  toBeDenied(action: ActionOf<S>, resource?: string, circumstances?: DenialCircumstances): void
}

export interface MatchResult {
  readonly pass: boolean
  readonly message: () => string
}

/** One question, as a matcher gets it: action, resource, circumstances. */
export type QuestionParts<C extends Circumstances = Circumstances> = readonly [
  action: string,
  resource?: string | undefined,
  circumstances?: C | undefined,
]

/** An alias, because `expect.extend` takes objects with any names, and an interface is none. */
export type IamMatchers = {
  readonly toBeAllowed: (caller: unknown, ...question: QuestionParts) => MatchResult
  readonly toBeDenied: (
    caller: unknown,
    ...question: QuestionParts<DenialCircumstances>
  ) => MatchResult
}

/** For `expect.extend(iamMatchers)`. */
export const iamMatchers: IamMatchers = {
  toBeAllowed: (caller, ...question) => {
    const decision = ask('toBeAllowed', caller, question)
    return result(decision, decision.allowed, 'to be allowed')
  },
  toBeDenied: (caller, ...question) => {
    const [action, resource, { by, ...rest } = {}] = question
    const decision = ask('toBeDenied', caller, [action, resource, rest])
    return result(decision, isDenial(decision, by), `to be denied${by ? ` by an ${by} deny` : ''}`)
  },
}

function ask(matcher: string, caller: unknown, question: QuestionParts): IamDecision {
  if (!isCaller(caller)) throw new CallerError(matcher)
  const [action, resource, circumstances] = question
  const { iam, identity } = caller
  return iam.check({
    ...circumstances,
    identity,
    action,
    ...(resource !== undefined && { resource }),
  })
}

function isDenial(decision: IamDecision, by: DenialCircumstances['by']): boolean {
  if (decision.allowed) return false
  return (
    by === undefined || decision.answer === (by === 'explicit' ? 'ExplicitDeny' : 'ImplicitDeny')
  )
}

function result(decision: IamDecision, pass: boolean, wanted: string): MatchResult {
  const { action, resource } = decision.request
  return {
    pass,
    message: () =>
      [
        `expected \`${action}\` on \`${resource}\` ${pass ? 'not ' : ''}${wanted}, but it is ${said(decision)}`,
        '',
        renderExplanation(decision.explain()),
      ].join('\n'),
  }
}

function said(decision: IamDecision): string {
  if (decision.answer === 'Allow') return 'allowed'
  const problem = decision.answer === 'ImplicitDeny' ? decision.problem : undefined
  if (problem) return `denied because it could not be decided: ${problem.message}`
  return decision.answer === 'ExplicitDeny'
    ? 'denied by an explicit deny'
    : 'denied by an implicit deny'
}
