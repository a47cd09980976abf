/**
 * A clock that only runs forward, also while the machine sleeps.
 *
 * Shape   the platform's own stands still while a laptop or a virtual machine is suspended, so that what is hours old would
 *         seem new. Where the wall clock has gone more than a second further, the difference is added; where it was set
 *         back, nothing is. One that was set forward makes things older than they are, never newer.
 * Units   milliseconds, from any beginning.
 * Errors  None.
 *
 * @module
 */
const JUMP = 1_000

export function createWakingClock(
  steady = () => performance.now(),
  wall = () => Date.now(),
): () => number {
  let slept = 0
  let difference = wall() - steady()
  return () => {
    const now = steady()
    const jump = wall() - now - difference
    if (Math.abs(jump) > JUMP) {
      difference += jump
      slept += Math.max(0, jump)
    }
    return now + slept
  }
}

/** One for all, so that their times can be compared. */
export const wakingNow = createWakingClock()
