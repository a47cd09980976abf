/**
 * Why a request was decided as it was: the same compiled parts, asked one by one.
 *
 * Shape   {@link explain} is total, as `evaluate` is, and takes its decision from it.
 * Errors  None.
 * Source  Specification 6.
 *
 * @module
 */

import { matchesAction } from '../compile/action-pattern.js'
import type { CompiledStatement } from '../compile/compiled-policy.js'
import { compileResourceElement, principalGate, type Slot } from '../compile/gate.js'
import type { PolicySet } from '../compile/policy-set.js'
import { covers } from '../compile/resource-cover.js'
import type { CompiledCondition } from '../condition/condition.js'
import { audienceOf } from '../evaluate/audience.js'
import { checkRequest } from '../evaluate/check-request.js'
import type { StatementElement } from '../evaluate/decision.js'
import { evaluate } from '../evaluate/evaluate.js'
import { layersInScope } from '../evaluate/in-scope.js'
import { contextOf, planOf } from '../evaluate/question.js'
import type { PolicyVersion } from '../policy/document.js'
import { statementRef } from '../policy/statement-ref.js'
import type { RequestContext } from '../request/context.js'
import type { AuthorizationRequest } from '../request/request.js'
import type { ConditionExplanation, Explanation, StatementExplanation } from './explanation.js'
import { messageOf, namesOf } from './message.js'
import { nearestMiss } from './near-miss.js'
import { wantedTexts } from './wanted.js'

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
    planOf(policies, request) // refuses an action that is none
    const question = { request, context: contextOf(request) }
    return layersInScope(policies, audienceOf(request)).flatMap((slot) =>
      slot.policies.flatMap((policy) =>
        policy.source.statements.map((statement, place) => ({
          ...statementRef(slot.type, policy.source, statement),
          ...explainStatement(policy.statementAt(place), slot, question),
        })),
      ),
    )
  } catch {
    return []
  }
}

interface Question {
  readonly request: AuthorizationRequest
  readonly context: RequestContext
}

type Findings = Pick<
  StatementExplanation,
  'effect' | 'applies' | 'failed' | 'elements' | 'conditions'
>

const ORDER: readonly StatementElement[] = ['principal', 'action', 'resource', 'condition']

function explainStatement(statement: CompiledStatement, slot: Slot, question: Question): Findings {
  const { request, context } = question
  const { source } = statement
  const { version } = statement.policy.source
  const conditions = statement.conditions.map((condition) =>
    explainCondition(condition, version, context),
  )
  const cover = compileResourceElement(statement, slot)
  const matches: Record<StatementElement, boolean> = {
    principal: principalGate(statement, slot)?.(request.principal) ?? true,
    action: matchesAction(source, request.action.toLowerCase()),
    resource: cover === undefined || covers(cover, request.resource, context),
    condition: conditions.every(({ matched }) => matched),
  }
  const failed = ORDER.find((element) => !matches[element])
  const carried = ORDER.filter((element) => carries(statement, element) || element === failed)
  return {
    effect: source.effect,
    applies: failed === undefined,
    ...(failed && { failed }),
    elements: Object.fromEntries(carried.map((element) => [element, matches[element]])),
    conditions,
  }
}

function carries(statement: CompiledStatement, element: StatementElement): boolean {
  if (element === 'principal') return Boolean(statement.principal ?? statement.notPrincipal)
  if (element === 'resource') return statement.patterns !== undefined
  return element === 'action' || statement.conditions.length > 0
}

function explainCondition(
  { condition, matches }: CompiledCondition,
  version: PolicyVersion,
  context: RequestContext,
): ConditionExplanation {
  const { operator, key } = condition
  const had = context.get(key.toLowerCase())
  return {
    operator: operator.name,
    key,
    matched: matches(context),
    wanted: wantedTexts(condition, version, context),
    ...(had !== undefined && { had }),
    missing: had === undefined,
  }
}
