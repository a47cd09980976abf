/**
 * Date operators: instants.
 *
 * Shape   the W3C profile of ISO 8601, from `YYYY-MM` to fractions of a second, or epoch seconds.
 * Units   nanoseconds since 1970-01-01T00:00:00Z; later digits of a fraction do not count. A time
 *         without a zone is UTC. Epoch seconds have at most 15 digits, a text at most 64 characters.
 * Errors  None: text that is no date is undefined.
 * Source  Specification 2.4.
 *
 * @module
 */

const SECOND = 1_000_000_000n
const EPOCH = /^-?\d{1,15}$/
const DATE =
  /^(\d{4})-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(?:Z|([+-])(\d\d):(\d\d))?)?)?$/

/** Below zero where the first is earlier, above where it is later; undefined where one is no date. */
export function compareDates(left: string, right: string): number | undefined {
  const a = parseDate(left)
  const b = parseDate(right)
  if (a === undefined || b === undefined) return undefined
  return a === b ? 0 : a < b ? -1 : 1
}

function parseDate(text: string): bigint | undefined {
  if (EPOCH.test(text)) return BigInt(text) * SECOND
  if (text.length > 64) return undefined
  const match = DATE.exec(text)
  if (!match) return undefined

  const numbers = match.map((part) => Number(part ?? 0))
  const [, year = 0, month = 0, , hour = 0, minute = 0, second = 0] = numbers
  const day = match[3] === undefined ? 1 : (numbers[3] ?? 0)
  const [zoneHour = 0, zoneMinute = 0] = numbers.slice(9)
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined
  if (hour > 23 || minute > 59 || second > 59 || zoneHour > 23 || zoneMinute > 59) return undefined

  const offset = (zoneHour * 60 + zoneMinute) * (match[8] === '-' ? -1 : 1)
  const minutes = (daysBefore(year, month) + day - 1) * 1440 + hour * 60 + minute - offset
  const fraction = BigInt((match[7] ?? '').slice(0, 9).padEnd(9, '0'))
  return BigInt(minutes * 60 + second) * SECOND + fraction
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}

function daysIn(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

/** Days from 1970-01-01 to the first day of the month; negative before that. */
function daysBefore(year: number, month: number): number {
  const months = Array.from({ length: month - 1 }, (_, index) => daysIn(year, index + 1))
  return daysBeforeYear(year) - daysBeforeYear(1970) + months.reduce((sum, days) => sum + days, 0)
}

/** Days from the year 0000 to the first day of the year. */
function daysBeforeYear(year: number): number {
  const past = year - 1
  const leaps = Math.floor(past / 4) - Math.floor(past / 100) + Math.floor(past / 400)
  return year * 365 + leaps
}
