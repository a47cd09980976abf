/**
 * Numbers and dates written in one plain way, whatever way a policy wrote them.
 *
 * Shape   `-12.5`, without an exponent; `2024-01-01T00:00:00.5Z`, in UTC.
 * Units   numbers have at most 100 digits on either side of the point; years are 0001 to 9999.
 * Errors  None: undefined for what is no number or date, false for one out of these bounds.
 * Source  Specification 2.3 and 2.4.
 *
 * @module
 */
import { parseDecimal } from '../value/decimal.js'
import { type Instant, parseInstant } from '../value/instant.js'

const MAX_DIGITS = 100

/** Of 0001-01-01T00:00:00Z. */
const FIRST_SECOND = -62_135_596_800
/** Of 10000-01-01T00:00:00Z. */
const END_SECOND = 253_402_300_800

export function plainNumber(text: string): string | false | undefined {
  const decimal = parseDecimal(text)
  if (!decimal) return undefined
  const { sign, magnitude, digits } = decimal
  if (Math.abs(magnitude) > MAX_DIGITS) return false
  if (sign === 0) return '0'
  const whole = digits.slice(0, Math.max(magnitude, 0)).padEnd(magnitude, '0') || '0'
  const fraction = '0'.repeat(Math.max(-magnitude, 0)) + digits.slice(Math.max(magnitude, 0))
  return `${sign < 0 ? '-' : ''}${whole}${fraction && `.${fraction}`}`
}

export function plainDate(text: string): string | false | undefined {
  const instant = parseInstant(text)
  if (!instant) return undefined
  if (instant.seconds < FIRST_SECOND || instant.seconds >= END_SECOND) return false
  return formatInstant(instant)
}

function formatInstant({ seconds, nanoseconds }: Instant): string {
  const start = new Date(seconds * 1000).toISOString().slice(0, -'.000Z'.length)
  const fraction = String(nanoseconds).padStart(9, '0').replace(/0+$/, '')
  return `${start}${fraction && `.${fraction}`}Z`
}
