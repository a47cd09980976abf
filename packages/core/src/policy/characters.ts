/**
 * Which characters a text may hold.
 *
 * Errors  None.
 * Source  Specification 1.1, "Characters": U+0009, U+000A, U+000D, U+0020 to U+00FF in IAM itself.
 *
 * @module
 */

/** Whether a text holds a C0 control character or DEL, which nobody can see. */
export function hasControlCharacter(text: string): boolean {
  return /(?![\u0080-\u009f])\p{Cc}/u.test(text)
}

/** Whether IAM itself would take every character of a text. */
export function isLatin1(text: string): boolean {
  return /^[\t\n\r\u0020-\u00ff]*$/.test(text)
}
