/**
 * One piece of memory for a text: engines keep what was cut out of a document as a view of the document,
 * compare it six times as slowly, and cannot let go of the rest.
 *
 * Errors  None.
 * Source  `docs/concepts/performance.md`.
 *
 * @module
 */

/** The same text, as engines keep the name of a property: once, and in one piece. */
export function flat(text: string): string {
  for (const name in { [text]: true }) return name
  return text
}
