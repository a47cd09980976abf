/**
 * Walking a policy document as JSON.
 *
 * Shape   a bare value is a list of one, everywhere the grammar takes a list.
 * Errors  None.
 * Source  Specification 1.1 and 1.2.
 *
 * @module
 */
import type { ConditionValue, PolicyDocument, PolicyVersion, StatementDocument } from '@iamkit/core'

/** One operator on one key, as a Condition block holds it. */
export interface ConditionEntry {
  readonly operator: string
  readonly key: string
  readonly values: readonly string[]
}

export function listOf<T extends string | number | boolean | object>(
  value: T | readonly T[] | undefined,
): readonly T[] {
  if (value === undefined) return []
  return Array.isArray(value) ? value : [value as T]
}

export function statementsOf(document: PolicyDocument): readonly StatementDocument[] {
  return listOf(document.Statement)
}

/** A document without a Version has the older one. */
export function versionOf(document: PolicyDocument): PolicyVersion {
  return document.Version ?? '2008-10-17'
}

/** All operators and all keys of a statement; an empty block has none. */
export function conditionsOf(statement: StatementDocument): readonly ConditionEntry[] {
  return Object.entries(statement.Condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, wanted]) => ({
      operator,
      key,
      values: listOf(wanted).map(textOf),
    })),
  )
}

/** Numbers and booleans count as their JSON text. */
function textOf(value: ConditionValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
