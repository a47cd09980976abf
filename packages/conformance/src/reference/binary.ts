/**
 * BinaryEquals: bytes, written in base64 on both sides.
 *
 * Errors  None: text that is no base64 is undefined.
 * Source  Specification 2.6; RFC 4648, section 4.
 *
 * @module
 */

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

export function binaryEquals(wanted: string, had: string): boolean {
  const bytes = parseBase64(wanted)
  const others = parseBase64(had)
  return bytes !== undefined && others !== undefined && bytes.equals(others)
}

function parseBase64(text: string): Buffer | undefined {
  return BASE64.test(text) ? Buffer.from(text, 'base64') : undefined
}
