/**
 * Whether a statement applies: every element it carries matches the request.
 *
 * Errors  None but that of an unknown operator.
 * Source  Specification 0, 1.3, 1.7 and 5.8.
 *
 * @module
 */
import type { PolicyDocument, StatementDocument } from '@iamkit/core'
import { actionApplies } from './action.js'
import { conditionHolds } from './condition.js'
import { conditionsOf, versionOf } from './document.js'
import type { ReferenceRequest, Slot } from './document-set.js'
import { isExempt } from './not-principal.js'
import { grantKindOf, names } from './principal.js'
import { resourceApplies } from './resource.js'

export interface Question {
  readonly request: ReferenceRequest
  /** The kind of policy that the statement stands in. */
  readonly slot: Slot
  /** Whether the caller's user or role has a boundary, which no NotPrincipal spares. */
  readonly hasBoundary: boolean
}

export function statementApplies(
  statement: StatementDocument,
  document: PolicyDocument,
  question: Question,
): boolean {
  const { request, slot } = question
  const setting = { version: versionOf(document), context: request.context }
  return (
    principalApplies(statement, question) &&
    actionApplies(statement, request.action) &&
    resourceApplies(statement, { ...setting, resource: request.resource, slot }) &&
    conditionsOf(statement).every((condition) => conditionHolds(condition, setting))
  )
}

/** Policies of a resource must say whom they mean; those of a caller mean the caller. */
const NEEDS_PRINCIPAL: readonly Slot[] = ['resource', 'rcp', 'endpoint']

function principalApplies(statement: StatementDocument, question: Question): boolean {
  const { Principal, NotPrincipal, Effect } = statement
  const caller = question.request.principal
  if (Principal === undefined && NotPrincipal === undefined) {
    return !NEEDS_PRINCIPAL.includes(question.slot)
  }
  if (Principal !== undefined && !names(Principal, caller)) return false
  if (Principal !== undefined && Effect === 'Allow' && question.slot === 'resource') {
    if (grantKindOf(Principal, caller) === undefined) return false
  }
  if (NotPrincipal === undefined) return true
  return Effect === 'Deny' && (question.hasBoundary || !isExempt(NotPrincipal, caller))
}
