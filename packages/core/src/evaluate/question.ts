/**
 * A request made ready to be put to statements, and the one way to put it.
 *
 * Errors  {@link RequestError} (`ERR_REQUEST_INVALID`) from {@link createQuestion}.
 * Source  Specification 0 ("applies"), 1.3 and 5.8.
 *
 * @module
 */
import { MAX_ARN_LENGTH } from '../arn/arn.js'
import { splitArn } from '../arn/arn-split.js'
import type { CompiledPolicy, CompiledStatement } from '../compile/compiled-policy.js'
import { RequestError } from '../errors.js'
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

/** Checks what a caller of `evaluate` could get wrong, so that nothing below has to. */
export function createQuestion(request: AuthorizationRequest, scope: Scope): Question {
  const { principal, action, resource, context = {} } = request
  checkPrincipal(principal)
  check(isAction(action), 'action', 'must be `service:Name`, without wildcards')
  check(isResource(resource), 'resource', 'must be `*` or an ARN of at most 2048 characters')
  check(
    isText(request.resourceAccount),
    'resourceAccount',
    'must name the account that owns the resource',
  )
  return {
    principal,
    action: action.toLowerCase(),
    resource,
    context: isRequestContext(context) ? context : requestContext(context),
    hasBoundary: scope.boundary !== undefined,
  }
}

function check(holds: boolean, key: string, problem: string): void {
  if (!holds) throw new RequestError(key, problem)
}

/** What each type of caller must carry besides its type (specification 4.1). */
const PRINCIPAL_FIELDS: Readonly<Record<RequestPrincipal['type'], readonly string[]>> = {
  root: ['account', 'arn'],
  user: ['account', 'arn'],
  'role-session': ['account', 'arn', 'roleArn'],
  'federated-user': ['account', 'arn', 'userArn'],
  service: ['service'],
  'federated-caller': ['provider'],
  anonymous: [],
}

function checkPrincipal(principal: RequestPrincipal): void {
  const isKnown = typeof principal === 'object' && Object.hasOwn(PRINCIPAL_FIELDS, principal.type)
  check(isKnown, 'principal', 'must have a known `type`')
  for (const field of PRINCIPAL_FIELDS[principal.type]) {
    check(
      isText((principal as never)[field]),
      `principal.${field}`,
      `is required for \`${principal.type}\``,
    )
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

function isAction(value: unknown): boolean {
  return isText(value) && /^[^:*?\s]{1,64}:[^:*?\s]{1,128}$/.test(value)
}

function isResource(value: unknown): boolean {
  if (!isText(value) || value.length > MAX_ARN_LENGTH) return false
  return value === '*' || (value.startsWith('arn:') && splitArn(value)?.[5] !== undefined)
}

/** Whether every element of a statement matches. There is no partial match. */
export function applies(
  statement: CompiledStatement,
  type: PolicyType,
  question: Question,
): boolean {
  return firstMismatch(statement, type, question) === undefined
}

/** The first element that does not match, in the order in which explanations name them. */
export function firstMismatch(
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
