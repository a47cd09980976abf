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
import type { CompiledStatement } from '../compile/compiled-policy.js'
import type { Plan } from '../compile/plan.js'
import type { PolicySet } from '../compile/policy-set.js'
import { isMet, type ResourceIndex } from '../compile/resource-index.js'
import { applies, compareRows, type Row, refOf } from '../compile/row.js'
import { cut } from '../errors.js'
import type { PolicyType } from '../policy/document.js'
import type { StatementRef } from '../policy/statement-ref.js'
import type { RequestContext } from '../request/context.js'
import { isInAccount } from '../request/principal.js'
import type { AuthorizationRequest } from '../request/request.js'
import { blame } from './blame.js'
import { checkRequest, isKnownIn } from './check-request.js'
import type { Decision, DecisionProblem } from './decision.js'
import { isGranted, sharePartition } from './grant.js'
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
    checkRequest(request)
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
  const { only } = plan
  if (!(only ? applies(only, request, context) : meetsAll(plan, request, context))) return false
  if (plan.hasDenies && isDenied(plan, request, context)) return false
  if (isKnownIn(plan.partition, principal)) return true
  checkRequest(request)
  return sharePartition(principal.arn, resource)
}

function meetsAll(
  { needs = [] }: Plan,
  request: AuthorizationRequest,
  context: RequestContext,
): boolean {
  for (const need of needs) if (!isMet(need, request, context)) return false
  return true
}

function decide(plan: Plan, request: AuthorizationRequest, context: RequestContext): Decision {
  if (isDenied(plan, request, context)) {
    const denies = plan.denies.flatMap((index) => rowsOf(index, request, context))
    const type = denies[0]?.slot.type ?? 'identity'
    return { answer: 'ExplicitDeny', type, statements: refsOf(denies) }
  }
  if (isGranted(plan, request, context)) {
    return { answer: 'Allow', statements: refsOf(grantingRows(plan, request, context)) }
  }
  return { answer: 'ImplicitDeny', type: blame(plan, request, context) }
}

function isDenied(plan: Plan, request: AuthorizationRequest, context: RequestContext): boolean {
  for (const index of plan.denies) if (isMet(index, request, context)) return true
  return false
}

/** Only identity and resource policies grant; an Allow of any other type merely fails to block. */
function grantingRows(
  { identity, grants, needs }: Plan,
  request: AuthorizationRequest,
  context: RequestContext,
): readonly Row[] {
  const own = rowsOf(identity, request, context)
  if (needs) return own
  const { direct, parent, account } = grants
  const others = [direct, parent, account].flatMap((index) => rowsOf(index, request, context))
  return [...own, ...others.sort(compareRows)]
}

/** In the order of the policies: an index of many statements finds them in its own. */
function rowsOf(
  index: ResourceIndex,
  request: AuthorizationRequest,
  context: RequestContext,
): readonly Row[] {
  const rows: Row[] = []
  index.find(request, context, rows)
  return rows.length > 1 ? rows.sort(compareRows) : rows
}

/** A statement may have been met by several of its patterns; it is named once for each slot. */
function refsOf(rows: readonly Row[]): readonly StatementRef[] {
  const [only] = rows
  if (only && rows.length === 1) return [refOf(only)]
  const named = new Map<CompiledStatement, PolicyType[]>()
  return rows.flatMap((row) => {
    const types = named.get(row.statement) ?? []
    if (types.includes(row.slot.type)) return []
    named.set(row.statement, [...types, row.slot.type])
    return [refOf(row)]
  })
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
