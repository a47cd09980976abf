/**
 * The time of a signature, as text.
 *
 * Shape   `20150830T123600Z`; its first eight digits are the day of the credential scope.
 * Units   whole seconds, UTC.
 * Errors  `RangeError` from {@link formatAmzDate} for a `Date` that is none.
 * Source  IAM User Guide, "Elements of an AWS API request signature".
 *
 * @module
 */

export function formatAmzDate(date: Date): string {
  return date.toISOString().replace(/[:-]|\.\d+/g, '')
}

/** The time that text stands for; undefined where it is not exactly of this shape, or no day of the calendar. */
export function parseAmzDate(text: string): Date | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text)
  if (!parts) return undefined
  const [year, month, day, hour, minute, second] = parts.slice(1)
  const date = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  return Number.isNaN(date.getTime()) || formatAmzDate(date) !== text ? undefined : date
}
