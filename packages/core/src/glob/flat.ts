/**
 * One piece of memory for a text: engines keep what was cut out of a document as a view of the document,
 * compare it six times as slowly, and cannot let go of the rest.
 *
 * Errors  None.
 * Source  `docs/concepts/performance.md`.
 *
 * @module
 */

/** Without a prototype, so that engines make no class of objects for each text. */
const names: Record<string, true> = Object.create(null)

/** The same text, as engines keep the name of a property: once, and in one piece. */
export function flat(text: string): string {
  names[text] = true
  const [name = text] = Object.keys(names)
  delete names[text]
  return name
}
