/**
 * How often something was seen.
 *
 * Errors  None.
 *
 * @module
 */

/** Name → how often. */
export type Counts = Map<string, number>

export function count(counts: Counts, name: string, times = 1): void {
  counts.set(name, (counts.get(name) ?? 0) + times)
}

export function addCounts(counts: Counts, others: Iterable<readonly [string, number]>): void {
  for (const [name, times] of others) count(counts, name, times)
}
