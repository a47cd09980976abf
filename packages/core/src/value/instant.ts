/**
 * Instants, from calendar dates or from epoch seconds.
 *
 * Shape   `YYYY-MM`, `YYYY-MM-DD`, `YYYY-MM-DDThh:mm`, `…:ss` or `…:ss.s`, each time with `Z`, `+hh:mm` or
 *         `-hh:mm` behind it, or nothing; or an integer. `T` and `Z` are upper case. Digits alone are epoch
 *         seconds, four of them too.
 * Units   an integer counts seconds since 1970-01-01T00:00:00Z, in at most 15 digits. A time without a zone
 *         is UTC, parts left out are the earliest. Digits of a second behind the ninth do not count.
 *         A text is at most 64 characters.
 * Errors  None; {@link parseInstant} gives undefined for what is no date, an impossible one included.
 * Source  Specification 2.4; W3C note "Date and Time Formats"; ECMA-262, "Date Time String Format", which
 *         every engine reads alike.
 *
 * @module
 */

const MAX_LENGTH = 64
const EPOCH = /^-?\d{1,15}$/
const HOUR_MINUTE = '(?:[01]\\d|2[0-3]):[0-5]\\d'
const TIME = `T(${HOUR_MINUTE})(?::([0-5]\\d)(?:\\.(\\d+))?)?(Z|[+-]${HOUR_MINUTE})?`
const CALENDAR = new RegExp(`^(\\d{4}-(?:0[1-9]|1[0-2]))(?:-(\\d\\d)(?:${TIME})?)?$`)

/** A point on the time line. */
export interface Instant {
  /** Whole seconds since 1970-01-01T00:00:00Z; below 0 before it. */
  readonly seconds: number
  /** From 0 to 999,999,999, later than `seconds`. */
  readonly nanoseconds: number
}

/**
 * Reads a date or epoch seconds.
 *
 * @example
 * ```ts
 * parseInstant('2024-01-01T01:00:00+01:00') // { seconds: 1704067200, nanoseconds: 0 }
 * ```
 */
export function parseInstant(text: string): Instant | undefined {
  if (text.length > MAX_LENGTH) return undefined
  if (EPOCH.test(text)) return { seconds: Number(text), nanoseconds: 0 }

  const match = CALENDAR.exec(text)
  if (!match) return undefined
  const [, month, day = '01', time = '00:00', second = '00', fraction = '', zone = 'Z'] = match
  const date = `${month}-${day}`
  if (new Date(`${date}T00:00:00Z`).getUTCDate() !== Number(day)) return undefined
  return {
    seconds: Date.parse(`${date}T${time}:${second}${zone}`) / 1000,
    nanoseconds: Number(fraction.slice(0, 9).padEnd(9, '0')),
  }
}

/** Orders two instants: below 0 where the first is earlier, 0 where they are one, else above 0. */
export function compareInstants(a: Instant, b: Instant): number {
  return a.seconds - b.seconds || a.nanoseconds - b.nanoseconds
}
