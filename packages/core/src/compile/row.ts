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
import {
  type ContextTest,
  contextGate,
  type PrincipalTest,
  principalGate,
  type Slot,
} from './gate.js'
import { type Cover, covers } from './resource-cover.js'

/** In one piece with what it asks of the resource: every step from object to object costs time. */
export interface Row extends Cover {
  readonly statement: CompiledStatement
  readonly slot: Slot
  /** Whether nothing is left to ask of the resource. */
  readonly isOpen: boolean
  /** What it asks of the caller; undefined where it asks nothing. */
  readonly speaksOf: PrincipalTest | undefined
  /** What it asks of the context; undefined where it asks nothing. */
  readonly holds: ContextTest | undefined
  /** It alone; made when it is first the only one to allow something. */
  refs: readonly StatementRef[] | undefined
  /** Among many rows: another one that asks for the same resources. */
  next: Row | undefined
}

/** Whether some row applies to a request; where `into` is given, finds all of them instead. */
export type Find = (
  request: AuthorizationRequest,
  context: RequestContext,
  into?: RowList,
) => boolean

/** Where rows that were found are put. */
export interface RowList {
  push(row: Row): unknown
}

export function createRow(statement: CompiledStatement, slot: Slot, cover: Cover | undefined): Row {
  const { exact, literals = [], others = [] } = cover ?? {}
  return {
    // what a row that asks no more needs comes first: one piece of memory holds it
    isOpen: cover === undefined,
    speaksOf: principalGate(statement, slot),
    holds: contextGate(statement),
    refs: undefined,
    next: undefined,
    exact,
    pattern: undefined,
    others,
    literals,
    questions: 0,
    statement,
    slot,
  }
}

export function applies(row: Row, request: AuthorizationRequest, context: RequestContext): boolean {
  const { isOpen, speaksOf, holds } = row
  if (speaksOf !== undefined && !speaksOf(request.principal)) return false
  if (!isOpen && !covers(row, request.resource, context)) return false
  return holds === undefined || holds(context)
}

/** Whether a resource that was found to be covered need not be asked about further. */
export function asksNoMore({ isOpen, speaksOf, holds }: Row): boolean {
  return isOpen && !speaksOf && !holds
}

/** Made when the statement first decides something; one object while it stands among those of one type. */
export function refOf({ statement, slot }: Row): StatementRef {
  const { policy, source, ref } = statement
  if (ref?.policyType === slot.type) return ref
  statement.ref = statementRef(slot.type, policy.source, source)
  return statement.ref
}

/** Asks rows in turn: ends at the first that applies, or keeps those that do. */
export function findAmong(rows: readonly Row[]): Find {
  const [only] = rows
  if (only && rows.length === 1) return findOnly(only)
  return (request, context, into) => {
    for (const row of rows) {
      if (!applies(row, request, context)) continue
      if (into === undefined) return true
      into.push(row)
    }
    return false
  }
}

function findOnly(row: Row): Find {
  return (request, context, into) => {
    if (!applies(row, request, context)) return false
    if (into === undefined) return true
    into.push(row)
    return false
  }
}

/** Compares two rows of one slot by the order of its policies and of their statements. */
export function compareRows(a: Row, b: Row): number {
  const { policies } = a.slot
  const byPolicy = policies.indexOf(a.statement.policy) - policies.indexOf(b.statement.policy)
  return byPolicy || a.statement.source.index - b.statement.source.index
}
