/**
 * Values that are text on the wire: times and bytes.
 *
 * Shape   ISO-8601 without a fraction, as AWS writes it; a date as in HTTP headers; base64 with its padding.
 * Units   times are in UTC; what is read may have any offset and a fraction.
 * Errors  None: what cannot be read is `undefined`.
 *
 * @module
 */
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/
const HTTP_DATE = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/

export function readTime(text: string): Date | undefined {
  if (!ISO.test(text) && !HTTP_DATE.test(text)) return undefined
  const date = new Date(text)
  return Number.isNaN(date.getTime()) ? undefined : date
}

/** `2026-01-31T08:00:00Z` */
export function isoTime(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`
}

export function readBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0 || !BASE64.test(text)) return undefined
  return new Uint8Array(Buffer.from(text, 'base64'))
}

export function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64')
}
