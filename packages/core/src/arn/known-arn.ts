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
const remembered: string[] = []
const partitionsOf: string[] = []

export function isResourceName(text: string): boolean {
  return partitionOfName(text) !== undefined
}

/**
 * The partition of the ARN of a resource, `*` for the pseudo-resource, undefined for what is neither. Only
 * well-formed texts are remembered, so what is remembered needs no second look.
 */
export function partitionOfName(text: string): string | undefined {
  const slot = slotOf(text)
  if (remembered[slot] === text) return partitionsOf[slot]
  const partition = text === '*' ? text : partitionIn(text)
  const isName = text.length <= MAX_ARN_LENGTH && (text === '*' || hasSixParts(text))
  if (!isName || partition === undefined) return undefined
  remembered[slot] = text
  partitionsOf[slot] = knownPartition(partition)
  return partitionsOf[slot]
}

/** By few of its last characters: names differ there, and to read all of them takes longer. */
function slotOf(text: string): number {
  const { length } = text
  const at = (back: number) => text.charCodeAt(length - back)
  const last = at(1) + 31 * at(2) + 961 * at(3)
  return (last + 7 * length + 127 * at(10) + 1009 * at(12)) & (SLOTS - 1)
}

function hasSixParts(text: string): boolean {
  let colon = 3
  for (let parts = 2; parts < 6 && colon >= 0; parts++) colon = text.indexOf(':', colon + 1)
  return colon >= 0
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
