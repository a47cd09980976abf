/**
 * Policy → document and text again; the inverse of parsing.
 *
 * Errors  None.
 * Source  Specification 1.1.
 *
 * @module
 */
import type { PolicyDocument, PrincipalMap, StatementDocument } from './document.js'
import type { Condition, Policy, PrincipalElement, Statement } from './policy.js'

/** The document of a policy: every list a list, every condition value a string. */
export function toDocument(policy: Policy): PolicyDocument {
  return {
    ...(policy.writtenVersion && { Version: policy.writtenVersion }),
    ...(policy.id !== undefined && { Id: policy.id }),
    Statement: policy.statements.map(toStatement),
  }
}

/** Prints a policy as JSON with two blanks a level. */
export function formatPolicy(policy: Policy): string {
  return JSON.stringify(toDocument(policy), null, 2)
}

function toStatement(statement: Statement): StatementDocument {
  return {
    ...(statement.sid !== undefined && { Sid: statement.sid }),
    Effect: statement.effect,
    ...(statement.principal && { Principal: toPrincipal(statement.principal) }),
    ...(statement.notPrincipal && { NotPrincipal: toPrincipal(statement.notPrincipal) }),
    ...(statement.actions && { Action: statement.actions }),
    ...(statement.notActions && { NotAction: statement.notActions }),
    ...(statement.resources && { Resource: statement.resources }),
    ...(statement.notResources && { NotResource: statement.notResources }),
    ...(statement.conditions.length > 0 && { Condition: toConditionBlock(statement.conditions) }),
  }
}

function toPrincipal({ isStar, entries }: PrincipalElement): '*' | PrincipalMap {
  if (isStar) return '*'
  const lists: Record<string, string[]> = {}
  for (const { kind, value } of entries) {
    lists[kind] ??= []
    lists[kind].push(value)
  }
  return lists
}

/** Built from entries, so that a key named `__proto__` is a key. */
function toConditionBlock(conditions: readonly Condition[]) {
  const operators = new Set(conditions.map(({ operator }) => operator.name))
  const blockOf = (name: string) =>
    Object.fromEntries(
      conditions
        .filter(({ operator }) => operator.name === name)
        .map(({ key, values }) => [key, values]),
    )
  return Object.fromEntries([...operators].map((name) => [name, blockOf(name)]))
}
