/**
 * A statement in its slot: what it still asks once its action is known to match, and its name.
 *
 * Errors  None.
 *
 * @module
 */
import { type StatementRef, statementRef } from '../policy/statement-ref.js'
import type { RequestContext } from '../request/context.js'
import type { AuthorizationRequest } from '../request/request.js'
import type { CompiledStatement } from './compiled-policy.js'
import { compileGate, type Gate, type Slot } from './gate.js'
import type { Cover } from './resource-cover.js'

export interface Row {
  readonly statement: CompiledStatement
  readonly slot: Slot
  /** What it asks of the resource; undefined where nothing is left to ask. */
  readonly covers: Cover | undefined
  /** What it asks of the caller and the context; undefined where it asks nothing. */
  readonly gate: Gate | undefined
  /** Made when the statement first decides something. */
  ref: StatementRef | undefined
}

/** Whether some row applies to a request; where `into` is given, finds all of them instead. */
export type Find = (request: AuthorizationRequest, context: RequestContext, into?: Row[]) => boolean

export function createRow(statement: CompiledStatement, slot: Slot, covers?: Cover): Row {
  return { statement, slot, covers, gate: compileGate(statement, slot), ref: undefined }
}

export function refOf(row: Row): StatementRef {
  const { policy, source } = row.statement
  row.ref ??= statementRef(row.slot.type, policy.source, source)
  return row.ref
}

/** Ends a search at its first row, or keeps the row and lets the search go on. */
export function isEnough(row: Row, into: Row[] | undefined): boolean {
  if (into === undefined) return true
  into.push(row)
  return false
}

/** Compares two rows of one slot by the order of its policies and of their statements. */
export function compareRows(a: Row, b: Row): number {
  const { policies } = a.slot
  const byPolicy = policies.indexOf(a.statement.policy) - policies.indexOf(b.statement.policy)
  return byPolicy || a.statement.source.index - b.statement.source.index
}
