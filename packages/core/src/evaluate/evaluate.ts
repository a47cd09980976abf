/**
 * The decision: deny by default, an explicit deny wins, and nothing thrown ever allows.
 *
 * Shape   {@link evaluate} and {@link isAllowed} are total and synchronous, and one walk.
 * Errors  None: a fault is an `ImplicitDeny` that carries a problem.
 * Source  Specification 5.5.
 *
 * @module
 */
import { MAX_ARN_LENGTH } from '../arn/arn.js'
import { isResourceName } from '../arn/known-arn.js'
import type { Plan } from '../compile/plan.js'
import type { PolicySet } from '../compile/policy-set.js'
import { isMet, type ResourceIndex } from '../compile/resource-index.js'
import { cut } from '../errors.js'
import type { StatementRef } from '../policy/statement-ref.js'
import type { RequestContext } from '../request/context.js'
import { isInAccount } from '../request/principal.js'
import type { AuthorizationRequest } from '../request/request.js'
import { blame } from './blame.js'
import { checkName, checkRequest, checkShape, partitionOfKnown } from './check-request.js'
import type { Decision, DecisionProblem } from './decision.js'
import { Found, refsOfOne } from './found.js'
import { isGranted, isTrustedAtHome, meetsNeeds, sharePartition } from './grant.js'
import { contextOf, planOf } from './question.js'

/**
 * Decides a request, and says which statements the answer rests on.
 *
 * @example
 * ```ts
 * const policies = createPolicySet({ identity: [compile(parsePolicy(text))] })
 * evaluate(policies, { principal, action: 'docs:GetDocument', resource, resourceAccount }).answer // 'Allow'
 * ```
 */
export function evaluate(policies: PolicySet, request: AuthorizationRequest): Decision {
  try {
    checkShape(request)
    return decide(planOf(policies, request), request, contextOf(request))
  } catch (error) {
    return { answer: 'ImplicitDeny', type: 'identity', problem: problemOf(error) }
  }
}

/** Whether a request is allowed: the answer of {@link evaluate} without its reasons, and faster. */
export function isAllowed(policies: PolicySet, request: AuthorizationRequest): boolean {
  try {
    const plan = planOf(policies, request)
    const context = contextOf(request)
    if (plan.needs) return isAllowedAtHome(plan, request, context)
    checkRequest(request)
    return isGranted(plan, request, context) && !isDenied(plan, request, context)
  } catch {
    return false
  }
}

/**
 * {@link isGranted} where no resource policy grants. The policies are asked first: a pattern that matched
 * has mostly told what would be checked of the resource, and most of what is refused is refused here.
 */
function isAllowedAtHome(
  plan: Plan,
  request: AuthorizationRequest,
  context: RequestContext,
): boolean {
  const { principal, resource, resourceAccount, resourceTrust } = request
  if (resourceTrust !== undefined && resourceTrust !== 'implicit') return false
  if (!isInAccount(principal) || principal.account !== resourceAccount) return false
  // a pattern would take an object for its text, and tells nothing of a length
  if (typeof resource !== 'string' || resource.length > MAX_ARN_LENGTH) return false
  if (!meetsNeeds(plan, request, context)) return false
  if (plan.hasDenies && isDenied(plan, request, context)) return false
  // an account was compared already, and a trust that is none was refused
  const home = partitionOfKnown(principal)
  if (home !== undefined && (plan.partition !== undefined || isResourceName(resource))) {
    return home === plan.partition || sharePartition(principal.arn, resource)
  }
  checkRequest(request)
  return sharePartition(principal.arn, resource)
}

function decide(plan: Plan, request: AuthorizationRequest, context: RequestContext): Decision {
  if (plan.hasDenies && isDenied(plan, request, context)) return denial(plan, request, context)
  const statements = grantingStatements(plan, request, context)
  if (statements && plan.partition !== undefined) return { answer: 'Allow', statements }
  checkName(request)
  if (statements) return { answer: 'Allow', statements }
  return { answer: 'ImplicitDeny', type: blame(plan, request, context) }
}

function denial(
  { denies }: Plan,
  request: AuthorizationRequest,
  context: RequestContext,
): Decision {
  checkName(request)
  const statements = refsOf(denies, request, context)
  return { answer: 'ExplicitDeny', type: statements[0]?.policyType ?? 'identity', statements }
}

function isDenied(plan: Plan, request: AuthorizationRequest, context: RequestContext): boolean {
  const { denies } = plan
  for (let i = 0; i < denies.length; i++) {
    if (isMet(denies[i] as ResourceIndex, request, context)) return true
  }
  return false
}

/** The statements that grant, undefined where none does. */
function grantingStatements(
  plan: Plan,
  request: AuthorizationRequest,
  context: RequestContext,
): readonly StatementRef[] | undefined {
  const { identity, needs, only } = plan
  if (!only && needs?.length === 1 && needs[0] === identity) {
    // the identity policies alone decide: they are asked once, for all of their statements
    const own = refsOf(needs, request, context)
    return own.length > 0 && isTrustedAtHome(request) ? own : undefined
  }
  if (!isGranted(plan, request, context)) return undefined
  return only && only === identity.only
    ? refsOfOne(only)
    : refsOf(grantingIndexes(plan), request, context)
}

/** Only identity and resource policies grant; an Allow of any other type merely fails to block. */
function grantingIndexes({ identity, grants, needs }: Plan): readonly ResourceIndex[] {
  return needs ? [identity] : [identity, grants.direct, grants.parent, grants.account]
}

/** The statements of indexes that match, index by index and in the order of the policies. */
function refsOf(
  indexes: readonly ResourceIndex[],
  request: AuthorizationRequest,
  context: RequestContext,
): readonly StatementRef[] {
  const found = new Found()
  for (let i = 0; i < indexes.length; i++) {
    indexes[i]?.find(request, context, found)
    found.order()
  }
  return found.refs()
}

/** Never throws, whatever was thrown. */
function problemOf(error: unknown): DecisionProblem {
  try {
    const { code, message } = error as { readonly code?: unknown; readonly message?: unknown }
    return {
      code: code === 'ERR_REQUEST_INVALID' ? 'invalid-request' : 'internal-fault',
      message: cut(String(message), 256),
    }
  } catch {
    return { code: 'internal-fault', message: 'something that is no error was thrown' }
  }
}
