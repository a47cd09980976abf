/**
 * Lone surrogates: halves of a character that make a text invalid Unicode.
 *
 * Shape   a code unit from U+D800 to U+DFFF that is no part of a pair.
 * Errors  None.
 * Source  RFC 8259, section 8.2, leaves them open; a policy must be valid Unicode.
 *
 * @module
 */

/** Finds the first lone surrogate of a text, written `U+D83D`. */
export function loneSurrogate(text: string): string | undefined {
  const at = text.search(/\p{Cs}/u)
  return at < 0 ? undefined : `U+${text.charCodeAt(at).toString(16).toUpperCase()}`
}
