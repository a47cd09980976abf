/**
 * Whether a text is an ARN or the pseudo-resource `*`, remembered for the texts asked about last.
 *
 * Units   2048 texts are remembered, of at most 2048 UTF-16 code units each.
 * Errors  None.
 * Source  Specification 1.6; `docs/concepts/performance.md`.
 *
 * @module
 */
import { MAX_ARN_LENGTH } from './arn.js'

const SLOTS = 2048
/** How far from its end a text is looked at. */
const FURTHEST = 12
/** Filled at once: a list with holes is looked up as slowly as a map. */
const remembered = new Array<string>(SLOTS).fill('')
/** One test, made by V8 into plain comparisons, takes half as long as a search for each colon. */
const SIX_PARTS = /^arn:[^:]*:[^:]*:[^:]*:[^:]*:/

export function isResourceName(text: string): boolean {
  if (text.length < FURTHEST) return text === '*' || SIX_PARTS.test(text)
  const slot = slotOf(text)
  return remembered[slot] === text || isNewName(text, slot)
}

/** By few of its last characters: names differ there, and to read all of them takes longer. */
function slotOf(text: string): number {
  const end = text.length
  const last =
    text.charCodeAt(end - 1) + 31 * text.charCodeAt(end - 2) + 961 * text.charCodeAt(end - 3)
  const before = 127 * text.charCodeAt(end - 10) + 1009 * text.charCodeAt(end - FURTHEST)
  return (last + before + 7 * end) & (SLOTS - 1)
}

function isNewName(text: string, slot: number): boolean {
  if (text.length > MAX_ARN_LENGTH || !SIX_PARTS.test(text)) return false
  remembered[slot] = text
  return true
}

const partitions = new Map<string, string>()

/** The same text object for the same partition, so that comparing two of them compares no characters. */
export function knownPartition(partition: string): string {
  const known = partitions.get(partition)
  if (known !== undefined) return known
  if (partitions.size < 64) partitions.set(partition, partition)
  return partition
}

/** The partition of an ARN or of the beginning of one; undefined where it is not told. */
export function partitionIn(literal: string): string | undefined {
  const end = literal.indexOf(':', 4)
  return literal.startsWith('arn:') && end >= 0 ? literal.slice(4, end) : undefined
}
