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
 * Source  Specification 2.4; W3C note "Date and Time Formats".
 *
 * @module
 */

const MAX_LENGTH = 64
const EPOCH = /^-?\d{1,15}$/
const HOUR_MINUTE = '([01]\\d|2[0-3]):([0-5]\\d)'
const SECOND = '([0-5]\\d)(?:\\.(\\d+))?'
const TIME = `T${HOUR_MINUTE}(?::${SECOND})?(?:Z|([+-])${HOUR_MINUTE})?`
const CALENDAR = new RegExp(`^(\\d{4})-(0[1-9]|1[0-2])(?:-(\\d\\d)(?:${TIME})?)?$`)

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
  const [, year, month, day = 1, hour = 0, minute = 0, second = 0, fraction = ''] = match
  const [sign, zoneHour = 0, zoneMinute = 0] = match.slice(8)
  const first = daysBefore(Number(year), Number(month))
  const days = first + Number(day) - 1
  if (days < first || days >= daysBefore(Number(year), Number(month) + 1)) return undefined

  const zone = Number(zoneHour) * 60 + Number(zoneMinute)
  const minutes = (days * 24 + Number(hour)) * 60 + Number(minute) - (sign === '-' ? -zone : zone)
  return {
    seconds: minutes * 60 + Number(second),
    nanoseconds: Number(fraction.slice(0, 9).padEnd(9, '0')),
  }
}

/** Orders two instants: below 0 where the first is earlier, 0 where they are one, else above 0. */
export function compareInstants(a: Instant, b: Instant): number {
  return a.seconds - b.seconds || a.nanoseconds - b.nanoseconds
}

/** Days from 1970-01-01 to the first of a month; month 13 is the next January. */
function daysBefore(year: number, month: number): number {
  // Years begin in March here, so that a leap day is the last of its year.
  const marchYear = month > 2 ? year : year - 1
  const marchMonth = (month + 9) % 12
  const leapDays =
    Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400)
  return marchYear * 365 + leapDays + Math.floor((marchMonth * 153 + 2) / 5) - 719468
}
