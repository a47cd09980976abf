/**
 * The decision: deny by default, an explicit deny wins, and nothing thrown ever allows.
 *
 * Shape   {@link evaluate} is total and synchronous: every input has a {@link Decision}.
 * Errors  None: a fault is an `ImplicitDeny` that carries a problem.
 * Source  Specification 5.5.
 *
 * @module
 */
import { partitionOf } from '../arn/arn-split.js'
import type { CompiledPolicy, CompiledStatement } from '../compile/compiled-policy.js'
import type { PolicySet } from '../compile/policy-set.js'
import { cut } from '../errors.js'
import type { PolicyType } from '../policy/document.js'
import { isInAccount } from '../request/principal.js'
import type { AuthorizationRequest } from '../request/request.js'
import { blame } from './blame.js'
import { checkRequest } from './check-request.js'
import type { Decision, DecisionProblem, StatementRef } from './decision.js'
import { isGranted, type Relation, verdictOf } from './grant.js'
import { allows, applying, createQuestion, type Question } from './question.js'
import { policiesOf, resourceType, type Scope, scopeOf } from './scope.js'

/**
 * Decides a request.
 *
 * @example
 * ```ts
 * const policies = { identity: [compile(parsePolicy(text))] }
 * evaluate(policies, { principal, action: 'docs:GetDocument', resource, resourceAccount }).answer // 'Allow'
 * ```
 */
export function evaluate(policies: PolicySet, request: AuthorizationRequest): Decision {
  try {
    return decide(policies, request)
  } catch (error) {
    return { answer: 'ImplicitDeny', type: 'identity', problem: problemOf(error) }
  }
}

function decide(policies: PolicySet, request: AuthorizationRequest): Decision {
  checkRequest(request)
  const scope = scopeOf(policies, request)
  const question = createQuestion(request, scope)

  const denies = statementsThat('Deny', policiesOf(scope), question)
  const [first] = denies
  if (first) return { answer: 'ExplicitDeny', type: first.policyType, statements: denies }

  const blocker = blockerOf(scope, question)
  if (blocker) return { answer: 'ImplicitDeny', type: blocker }

  const trust = request.resourceTrust === 'explicit' ? 'explicit' : 'implicit'
  const verdict = verdictOf(scope, question)
  const relation = relationOf(request)
  if (isGranted(verdict, relation, trust))
    return { answer: 'Allow', statements: grantsOf(scope, question) }
  return {
    answer: 'ImplicitDeny',
    type: blame({ verdict, relation, trust, resourceType: resourceType(scope) }),
  }
}

/**
 * The first type that can only narrow, and does not allow (steps 3 to 5). RCPs are not asked: each of
 * their levels carries a built-in allow, so that they refuse by Deny alone (5.3).
 */
function blockerOf(scope: Scope, question: Question): PolicyType | undefined {
  const everyLevelAllows = scope.scps?.every((level) => allows(level, 'scp', question)) ?? true
  if (!everyLevelAllows) return 'scp'
  if (scope.endpoint && !allows([scope.endpoint], 'endpoint', question)) return 'endpoint'
  return undefined
}

function relationOf({ principal, resource, resourceAccount }: AuthorizationRequest): Relation {
  if (!isInAccount(principal)) return 'no-account'
  const isForeign = resource !== '*' && partitionOf(principal.arn) !== partitionOf(resource)
  if (isForeign) return 'foreign-partition'
  return principal.account === resourceAccount ? 'same-account' : 'cross-account'
}

/** Only identity and resource policies grant; an Allow of any other type merely fails to block. */
function grantsOf(scope: Scope, question: Question): readonly StatementRef[] {
  const granting = [...policiesOf(scope)].filter(([type]) => GRANTING.has(type))
  return statementsThat('Allow', granting, question)
}

const GRANTING: ReadonlySet<PolicyType> = new Set<PolicyType>(['identity', 'resource', 'trust'])

function statementsThat(
  effect: 'Allow' | 'Deny',
  policies: Iterable<readonly [PolicyType, CompiledPolicy]>,
  question: Question,
): readonly StatementRef[] {
  const found: StatementRef[] = []
  for (const [type, policy] of policies) {
    for (const statement of applying(effect, [type, policy], question)) {
      found.push(statementRef(type, policy, statement))
    }
  }
  return found
}

/** Names a statement by its policy's type and name, its place and its Sid. */
export function statementRef(
  policyType: PolicyType,
  policy: CompiledPolicy,
  { source }: CompiledStatement,
): StatementRef {
  const { name } = policy.source
  return {
    policyType,
    statement: source.index,
    ...(name !== undefined && { policy: name }),
    ...(source.sid !== undefined && { sid: source.sid }),
  }
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
