/**
 * Whether a text is an ARN or the pseudo-resource `*`, remembered for the texts asked about last.
 *
 * Units   4096 texts are remembered, of at most 2048 UTF-16 code units each.
 * Errors  None.
 * Source  Specification 1.6; `docs/concepts/performance.md`.
 *
 * @module
 */
import { MAX_ARN_LENGTH } from './arn.js'

const SLOTS = 4096
/** Of an ARN whose parts are all empty. */
const SHORTEST = 8
/** Filled at once: a list with holes is looked up as slowly as a map. */
const remembered = new Array<string>(SLOTS).fill('')
const partitionsOf = new Array<string>(SLOTS).fill('')

export function isResourceName(text: string): boolean {
  return partitionOfName(text) !== undefined
}

/**
 * The partition of the ARN of a resource, `*` for the pseudo-resource, undefined for what is neither. Only
 * well-formed texts are remembered, so what is remembered needs no second look.
 */
export function partitionOfName(text: string): string | undefined {
  if (text.length < SHORTEST) return text === '*' ? text : undefined
  const slot = slotOf(text)
  return remembered[slot] === text ? partitionsOf[slot] : remember(text, slot)
}

/** By few of its last characters: names differ there, and to read all of them takes longer. */
function slotOf(text: string): number {
  const end = text.length
  const last =
    text.charCodeAt(end - 1) * 43 + text.charCodeAt(end - 2) * 491 + text.charCodeAt(end - 3) * 5573
  return (last + end * 63_533 + text.charCodeAt(end - 8) * 1009) & (SLOTS - 1)
}

/** One test, made by V8 into plain comparisons, takes half as long as four searches for a colon. */
const SIX_PARTS = /^arn:[^:]*:[^:]*:[^:]*:[^:]*:/

function remember(text: string, slot: number): string | undefined {
  if (text.length > MAX_ARN_LENGTH || !SIX_PARTS.test(text)) return undefined
  const partition = partitionIn(text)
  if (partition === undefined) return undefined
  remembered[slot] = text
  partitionsOf[slot] = knownPartition(partition)
  return partitionsOf[slot]
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
