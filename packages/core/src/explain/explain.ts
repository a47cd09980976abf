/**
 * Why a request was decided as it was: the same compiled parts, asked one by one.
 *
 * Shape   {@link explain} is total, as `evaluate` is, and takes its decision from it.
 * Errors  None.
 * Source  Specification 6.
 *
 * @module
 */

import type { CompiledStatement } from '../compile/compiled-policy.js'
import type { PolicySet } from '../compile/policy-set.js'
import type { CompiledCondition } from '../condition/condition.js'
import { checkRequest } from '../evaluate/check-request.js'
import type { StatementElement } from '../evaluate/decision.js'
import { evaluate, statementRef } from '../evaluate/evaluate.js'
import {
  createQuestion,
  matchesPrincipal,
  matchesResource,
  type Question,
} from '../evaluate/question.js'
import { policiesOf, scopeOf } from '../evaluate/scope.js'
import type { PolicyType } from '../policy/document.js'
import type { AuthorizationRequest } from '../request/request.js'
import type { ConditionExplanation, Explanation, StatementExplanation } from './explanation.js'
import { messageOf, namesOf } from './message.js'
import { nearestMiss } from './near-miss.js'

/** Explains a request's decision, statement by statement. Slower than `evaluate`; ask when it matters. */
export function explain(policies: PolicySet, request: AuthorizationRequest): Explanation {
  const decision = evaluate(policies, request)
  const statements = explainStatements(policies, request)
  const names = namesOf(request)
  const nearest =
    decision.answer === 'ImplicitDeny'
      ? nearestMiss(decision, statements, names.resource)
      : undefined
  return {
    decision,
    message: messageOf(decision, request),
    ...names,
    statements,
    ...(nearest && { nearest }),
  }
}

/** Empty where the request itself is at fault: no statement was asked then. */
function explainStatements(
  policies: PolicySet,
  request: AuthorizationRequest,
): readonly StatementExplanation[] {
  try {
    checkRequest(request)
    const scope = scopeOf(policies, request)
    const question = createQuestion(request, scope)
    return [...policiesOf(scope)].flatMap(([type, policy]) =>
      policy.statements.map((statement) => ({
        ...statementRef(type, policy, statement),
        ...explainStatement(statement, type, question),
      })),
    )
  } catch {
    return []
  }
}

type Findings = Pick<
  StatementExplanation,
  'effect' | 'applies' | 'failed' | 'elements' | 'conditions'
>

const ORDER: readonly StatementElement[] = ['principal', 'action', 'resource', 'condition']

function explainStatement(
  statement: CompiledStatement,
  type: PolicyType,
  question: Question,
): Findings {
  const conditions = statement.conditions.map((condition) => explainCondition(condition, question))
  const matches: Record<StatementElement, boolean> = {
    principal: matchesPrincipal(statement, type, question),
    action: statement.matchesAction(question.action),
    resource: matchesResource(statement, type, question),
    condition: conditions.every(({ matched }) => matched),
  }
  const failed = ORDER.find((element) => !matches[element])
  const carried = ORDER.filter((element) => carries(statement, element) || element === failed)
  return {
    effect: statement.effect,
    applies: failed === undefined,
    ...(failed && { failed }),
    elements: Object.fromEntries(carried.map((element) => [element, matches[element]])),
    conditions,
  }
}

function carries(statement: CompiledStatement, element: StatementElement): boolean {
  if (element === 'principal') return Boolean(statement.principal ?? statement.notPrincipal)
  if (element === 'resource') return statement.matchesResource !== undefined
  return element === 'action' || statement.conditions.length > 0
}

function explainCondition(
  compiled: CompiledCondition,
  { context }: Question,
): ConditionExplanation {
  const { operator, key } = compiled.condition
  const had = context.get(key.toLowerCase())
  return {
    operator: operator.name,
    key,
    matched: compiled.matches(context),
    wanted: compiled.wanted(context),
    ...(had !== undefined && { had }),
    missing: had === undefined,
  }
}
