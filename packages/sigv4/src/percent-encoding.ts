/**
 * Percent-encoding as signatures want it: of the strictest kind, with capital digits.
 *
 * Shape   letters, digits, `-`, `.`, `_` and `~` stay; every other byte is `%XX`. What comes in is ASCII, but for
 *         {@link encode}.
 * Errors  None.
 * Source  IAM User Guide, "Create a signed AWS API request", step 1; RFC 3986, section 2.
 *
 * @module
 */

/** Encodes plain text. */
export function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, encodeUnit)
}

/** Encodes a path as it is on the wire once more: its own `%` becomes `%25`. */
export function encodePathAgain(path: string): string {
  return path.replace(/[^\w.~/-]/g, encodeUnit)
}

/** Encodes what a wire's path left open, and keeps each `%XX` as it is. */
export function encodePathOnce(path: string): string {
  return path.replace(/%[\dA-Fa-f]{2}|[^\w.~/-]/g, (part) =>
    part.length === 3 ? part : encodeUnit(part),
  )
}

/** The one spelling of a name or value in a query. A `+` is a space, as all readers of forms take it. */
export function encodeQueryPart(part: string): string {
  return part.replace(/%[\dA-Fa-f]{2}|[^\w.~-]/g, (text) => {
    if (text === '+') return '%20'
    if (text.length === 1) return encodeUnit(text)
    const unit = String.fromCharCode(Number.parseInt(text.slice(1), 16))
    return /[\w.~-]/.test(unit) ? unit : text.toUpperCase()
  })
}

function encodeUnit(unit: string): string {
  return `%${unit.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
}
