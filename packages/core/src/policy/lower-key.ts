/**
 * Context keys in lower case, each text once: comparing two of them then compares no characters.
 *
 * Units   up to twice 1024 spellings are remembered.
 * Errors  None.
 * Source  Specification 4.3; `docs/concepts/performance.md`.
 *
 * @module
 */
import { flat } from '../glob/flat.js'
import { Memory } from '../glob/memory.js'

const spellings = new Memory<string, string>(1024)

/** A key in lower case; the same text object for every spelling that was asked about lately. */
export function lowerKey(key: string): string {
  const known = spellings.get(key)
  if (known !== undefined) return known
  const lower = flat(key.toLowerCase())
  spellings.set(key, lower)
  return lower
}
