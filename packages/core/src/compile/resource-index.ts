/**
 * Which of an action's statements apply to a resource.
 *
 * Shape   a few statements are asked in turn; the patterns of many stand in a {@link createTrie}.
 * Errors  None.
 * Source  `docs/concepts/performance.md`.
 *
 * @module
 */
import { knownPartition, partitionIn } from '../arn/known-arn.js'
import type { CompiledStatement } from './compiled-policy.js'
import { compileGate, compileResourceElement, type Slot } from './gate.js'
import { createTrie } from './resource-trie.js'
import { createRow, type Find, isEnough, type Row } from './row.js'

export interface ResourceIndex {
  /** Known without asking: `true` where every request matches, `false` where none does. */
  readonly constant: boolean | undefined
  /** A match proves that the resource is an ARN of this partition; undefined where it proves nothing. */
  readonly partition: string | undefined
  readonly find: Find
}

/** Above this many patterns a trie is faster than asking in turn. */
const FEW_PATTERNS = 8

export const NOTHING: ResourceIndex = { constant: false, partition: undefined, find: () => false }
export const EVERYTHING: ResourceIndex = { constant: true, partition: undefined, find: () => true }

export function createResourceIndex(
  statements: readonly CompiledStatement[],
  slot: Slot,
): ResourceIndex {
  if (statements.length === 0) return NOTHING
  const patterns = statements.reduce((sum, statement) => sum + (statement.patterns?.length ?? 1), 0)
  const isUnconditional = (statement: CompiledStatement) =>
    coversAll(statement) && compileGate(statement, slot) === undefined
  return {
    constant: statements.some(isUnconditional) || undefined,
    partition: partitionOf(statements),
    find: patterns > FEW_PATTERNS ? createTrie(statements, slot) : createList(statements, slot),
  }
}

function coversAll({ source, patterns }: CompiledStatement): boolean {
  return !source.notResources && (patterns ?? []).some(({ kind }) => kind === 'all')
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

function createList(statements: readonly CompiledStatement[], slot: Slot): Find {
  const rows = statements.map((statement) =>
    createRow(statement, slot, compileResourceElement(statement, slot)),
  )
  const [only] = rows
  if (only && rows.length === 1) return createSingle(only)
  return (request, context, into) => {
    for (const row of rows) {
      if (row.covers && !row.covers(request.resource, context)) continue
      if (row.gate && !row.gate(request, context)) continue
      if (isEnough(row, into)) return true
    }
    return false
  }
}

/** Most actions of most policies come down to one statement. */
function createSingle(row: Row): Find {
  const { covers = () => true, gate } = row
  if (!gate)
    return (request, context, into) => covers(request.resource, context) && isEnough(row, into)
  return (request, context, into) =>
    covers(request.resource, context) && gate(request, context) && isEnough(row, into)
}

/** Asks several indexes as one. */
export function joinIndexes(indexes: readonly ResourceIndex[]): ResourceIndex {
  const asked = indexes.filter(({ constant }) => constant !== false)
  const [only] = asked
  if (!only) return NOTHING
  if (asked.length === 1) return only
  const find: Find = (request, context, into) => {
    for (const index of asked) if (index.find(request, context, into)) return true
    return false
  }
  const constant = asked.some((index) => index.constant) || undefined
  return { constant, partition: undefined, find }
}
