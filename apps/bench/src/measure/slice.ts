/**
 * The decisions of one slice, one after the other.
 *
 * Shape   this module is loaded once more for each contender, under an address of its own: one loop for all
 *         would see every engine's `decide` and make a slow call to each, and the fastest would pay most.
 * Errors  None.
 *
 * @module
 */

export interface Slice {
  /** As many as a power of two. */
  readonly requests: readonly unknown[]
  readonly first: number
  readonly count: number
}

/** Decides `count` requests from `first` on, round and round; answers how many were allowed. */
export function decideSlice(
  decide: (request: unknown) => boolean,
  { requests, first, count }: Slice,
): number {
  const mask = requests.length - 1
  const end = first + count
  let allowed = 0
  for (let i = first; i < end; i++) if (decide(requests[i & mask])) allowed++
  return allowed
}
