/**
 * Bytes written as base64, in the one spelling that can be compared as text.
 *
 * Shape   groups of four of `A-Z a-z 0-9 + /`, the last one filled up with `=`; no blanks, no line ends.
 *         Bits behind the last byte are set to zero: `YR==` is `YQ==`, the byte they both decode to.
 * Errors  None; {@link parseBase64} gives undefined for what is no base64.
 * Source  Specification 2.6; RFC 4648, sections 3.5 and 4.
 *
 * @module
 */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/**
 * Gives the canonical base64 of the bytes that a text stands for; empty for no bytes.
 *
 * @example
 * ```ts
 * parseBase64('YR==') // 'YQ=='
 * ```
 */
export function parseBase64(text: string): string | undefined {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  const body = text.slice(0, text.length - padding)
  if (text.length % 4 !== 0 || /[^A-Za-z0-9+/]/.test(body)) return undefined
  if (padding === 0) return text

  const bits = ALPHABET.indexOf(body.slice(-1)) & (padding === 2 ? 0b110000 : 0b111100)
  return `${body.slice(0, -1)}${ALPHABET.charAt(bits)}${'='.repeat(padding)}`
}

/** Writes bytes. Not `btoa`: the language itself has none, and core runs where there is only the language. */
export function formatBase64(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const group = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    for (const shift of [18, 12, 6, 0]) text += ALPHABET.charAt((group >> shift) & 63)
  }
  const padding = (3 - (bytes.length % 3)) % 3
  return text.slice(0, text.length - padding) + '='.repeat(padding)
}
