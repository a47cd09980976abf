/**
 * Truth values.
 *
 * Shape   `true` and `false` in any letter case; nothing else.
 * Errors  None; {@link parseBoolean} gives undefined for what is neither.
 * Source  Specification 2.5.
 *
 * @module
 */

export function parseBoolean(text: string): boolean | undefined {
  if (text === 'true' || text === 'false') return text === 'true' // nearly always; nothing is copied
  const lower = text.toLowerCase()
  return lower === 'true' ? true : lower === 'false' ? false : undefined
}
