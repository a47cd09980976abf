/**
 * The time as the control plane has it.
 *
 * Shape   a clock that runs wrong signs requests that are refused. It is set right by the `Date` of an answer.
 * Units   milliseconds since 1970.
 * Errors  None.
 *
 * @module
 */
export interface Clock {
  readonly now: () => number
  /** Takes over the time of an answer. False where it was right already, to five minutes less one. */
  readonly correct: (date: string | null) => boolean
}

const TOLERANCE = 4 * 60_000

export function createClock(read: () => number = Date.now): Clock {
  let offset = 0
  return {
    now: () => read() + offset,
    correct(date) {
      const server = date === null ? Number.NaN : Date.parse(date)
      if (Number.isNaN(server) || Math.abs(server - read() - offset) < TOLERANCE) return false
      offset = server - read()
      return true
    },
  }
}
