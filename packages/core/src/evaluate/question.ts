/**
 * A request made ready to be put to statements, and the one way to put it.
 *
 * Errors  {@link RequestError} (`ERR_REQUEST_INVALID`) from {@link createQuestion}, for its context.
 * Source  Specification 0 ("applies"), 1.3 and 5.8.
 *
 * @module
 */
import type { CompiledPolicy, CompiledStatement } from '../compile/compiled-policy.js'
import type { PolicyType } from '../policy/document.js'
import { isRequestContext, type RequestContext, requestContext } from '../request/context.js'
import type { RequestPrincipal } from '../request/principal.js'
import type { AuthorizationRequest } from '../request/request.js'
import type { StatementElement } from './decision.js'
import type { Scope } from './scope.js'

export interface Question {
  readonly principal: RequestPrincipal
  /** In lower case. */
  readonly action: string
  readonly resource: string
  readonly context: RequestContext
  /** A caller with a boundary is always hit by a Deny with NotPrincipal (specification 5.8). */
  readonly hasBoundary: boolean
}

/** Takes a request that `checkRequest` let pass. */
export function createQuestion(request: AuthorizationRequest, scope: Scope): Question {
  const { principal, action, resource, context = {} } = request
  return {
    principal,
    action: action.toLowerCase(),
    resource,
    context: isRequestContext(context) ? context : requestContext(context),
    hasBoundary: scope.boundary !== undefined,
  }
}

/** Whether every element of a statement matches. There is no partial match. */
function applies(statement: CompiledStatement, type: PolicyType, question: Question): boolean {
  return firstMismatch(statement, type, question) === undefined
}

/** The first element that does not match, in the order in which explanations name them. */
function firstMismatch(
  statement: CompiledStatement,
  type: PolicyType,
  question: Question,
): StatementElement | undefined {
  if (!matchesPrincipal(statement, type, question)) return 'principal'
  if (!statement.matchesAction(question.action)) return 'action'
  if (!matchesResource(statement, type, question)) return 'resource'
  return statement.conditions.every(({ matches }) => matches(question.context))
    ? undefined
    : 'condition'
}

/** Identity-like policies name no principal: they are asked only about their owner. */
export function matchesPrincipal(
  statement: CompiledStatement,
  type: PolicyType,
  question: Question,
): boolean {
  const { principal, notPrincipal, effect } = statement
  if (principal) return principal.matches(question.principal)
  if (notPrincipal)
    return effect === 'Deny' && (question.hasBoundary || !notPrincipal.exempts(question.principal))
  return !NAMING.has(type)
}

const NAMING: ReadonlySet<PolicyType> = new Set<PolicyType>([
  'resource',
  'trust',
  'rcp',
  'endpoint',
])

/** Without a Resource element a resource's own policy covers it; elsewhere only a Deny goes on. */
export function matchesResource(
  statement: CompiledStatement,
  type: PolicyType,
  question: Question,
): boolean {
  if (statement.matchesResource)
    return statement.matchesResource(question.resource, question.context)
  return type === 'resource' || type === 'trust' || statement.effect === 'Deny'
}

/** The statements of a policy with this effect that apply. */
export function applying(
  effect: 'Allow' | 'Deny',
  [type, policy]: readonly [PolicyType, CompiledPolicy],
  question: Question,
): readonly CompiledStatement[] {
  return policy.index
    .candidates(question.action)
    .filter((statement) => statement.effect === effect && applies(statement, type, question))
}

/** Whether some Allow of some policy applies. */
export function allows(
  policies: readonly CompiledPolicy[],
  type: PolicyType,
  question: Question,
): boolean {
  return policies.some((policy) =>
    policy.index
      .candidates(question.action)
      .some((statement) => statement.effect === 'Allow' && applies(statement, type, question)),
  )
}
