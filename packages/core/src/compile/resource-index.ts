/**
 * Which of an action's statements apply to a resource.
 *
 * Shape   a few statements are asked in turn; for many see `resource-table.ts`.
 * Errors  None.
 * Source  `docs/concepts/performance.md`.
 *
 * @module
 */
import { knownPartition, partitionIn } from '../arn/known-arn.js'
import type { RequestContext } from '../request/context.js'
import type { AuthorizationRequest } from '../request/request.js'
import type { CompiledStatement } from './compiled-policy.js'
import { compileResourceElement, principalGate, type Slot } from './gate.js'
import { applies, createRow, type Find, findAmong, type Row } from './row.js'

export interface ResourceIndex {
  /** Known without asking: `true` where every request matches, `false` where none does. */
  readonly constant: boolean | undefined
  /** A match proves that the resource is an ARN of this partition; undefined where it proves nothing. */
  readonly partition: string | undefined
  /** What every resource that matches begins with. */
  readonly beginning: string
  /** Any resource that begins with one of these matches, whatever else is asked. */
  readonly prefixes: readonly string[]
  /** Present: nothing else is asked. Most actions of most policies come down to one statement. */
  readonly only: Row | undefined
  readonly find: Find
}

/** Whether an index matches: its `find` without reasons, seen through by engines. */
export function isMet(
  { only, find }: ResourceIndex,
  request: AuthorizationRequest,
  context: RequestContext,
): boolean {
  return only === undefined ? find(request, context) : applies(only, request, context)
}

export const NOTHING = constantIndex(false)
export const EVERYTHING = constantIndex(true)

function constantIndex(constant: boolean): ResourceIndex {
  return {
    constant,
    partition: undefined,
    beginning: '',
    prefixes: [],
    only: undefined,
    find: () => constant,
  }
}

/** Whether one index matches whenever the other does. */
export function isWithin(inner: ResourceIndex, outer: ResourceIndex): boolean {
  return outer.prefixes.some((prefix) => inner.beginning.startsWith(prefix))
}

/** Asks the statements in turn. */
export function listIndex(statements: readonly CompiledStatement[], slot: Slot): ResourceIndex {
  if (statements.length === 0) return NOTHING
  const rows = statements.map((one) => createRow(one, slot, compileResourceElement(one, slot)))
  return indexOf(statements, slot, { rows, find: findAmong(rows) })
}

/** What is known of every resource that matches, whatever the way in which it is found. */
export function indexOf(
  statements: readonly CompiledStatement[],
  slot: Slot,
  { rows, find }: { readonly rows: readonly Row[]; readonly find: Find },
): ResourceIndex {
  const free = statements.filter((one) => isFree(one, slot))
  return {
    constant: free.some(coversAll) || undefined,
    partition: partitionOf(statements),
    beginning: statements.map(beginningOf).reduce(commonBeginning),
    prefixes: rows.length > 0 ? free.flatMap(prefixesOf) : [],
    only: rows.length === 1 ? rows[0] : undefined,
    find,
  }
}

/** Whether it asks about the resource alone. */
function isFree(statement: CompiledStatement, slot: Slot): boolean {
  return statement.conditions.length === 0 && principalGate(statement, slot) === undefined
}

function coversAll({ source, patterns }: CompiledStatement): boolean {
  return !source.notResources && (patterns ?? []).some(({ kind }) => kind === 'all')
}

function beginningOf({ source, patterns }: CompiledStatement): string {
  const literals = source.notResources ? [] : (patterns ?? []).map(({ literal }) => literal)
  return literals.length > 0 ? literals.reduce(commonBeginning) : ''
}

export function commonBeginning(a: string, b: string): string {
  let end = 0
  while (end < a.length && a[end] === b[end]) end++
  return a.slice(0, end)
}

function prefixesOf({ source, patterns }: CompiledStatement): readonly string[] {
  if (source.notResources) return []
  return (patterns ?? []).flatMap(({ kind, literal }) => (kind === 'prefix' ? [literal] : []))
}

/** The one partition that all patterns prove. */
function partitionOf(statements: readonly CompiledStatement[]): string | undefined {
  const partition = partitionIn(statements[0]?.patterns?.[0]?.literal ?? '')
  const head = `arn:${partition}:`
  const proves = ({ source, patterns }: CompiledStatement) =>
    !source.notResources &&
    patterns?.every(({ isProof, literal }) => isProof && literal.startsWith(head))
  return partition !== undefined && statements.every(proves) ? knownPartition(partition) : undefined
}
