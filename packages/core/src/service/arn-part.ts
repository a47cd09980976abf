/**
 * What a caller may put into an ARN: text that stays inside its part and is never a pattern.
 *
 * Shape   `.` and `..`, wildcards, braces, separators and control characters are refused, not escaped.
 *         Percent signs are plain characters: who decodes or encodes does it before.
 * Units   lengths count UTF-16 code units; a part has 1 to 256.
 * Errors  None: a problem is text that says what is wrong.
 * Source  Specification 1.6; `docs/compatibility.md` for account names.
 *
 * @module
 */
import { isAccount } from '../policy/check-account.js'

const MAX_LENGTH = 256
/** Separators, wildcards and variables; control characters; halves of surrogate pairs. */
const FORBIDDEN = /[/:*?${}\p{Cc}\p{Cs}]/u

/** What keeps a value from being a part of an ARN; undefined where nothing does. */
export function partProblem(value: unknown): string | undefined {
  if (value === undefined) return 'is missing'
  if (typeof value !== 'string') return 'must be text'
  if (value === '') return 'must not be empty'
  if (value.length > MAX_LENGTH) return `longer than ${MAX_LENGTH} characters`
  if (value === '.' || value === '..') return `must not be \`${value}\``
  const character = FORBIDDEN.exec(value)?.[0]
  return character && `must not hold ${visible(character)}`
}

/** What keeps a value from being an account; undefined where nothing does. */
export function accountProblem(value: unknown): string | undefined {
  if (typeof value === 'string' && isAccount(value)) return undefined
  return 'must be twelve digits or a name of 1 to 63 lower-case letters, digits and hyphens'
}

function visible(character: string): string {
  if (!/[\p{C}\p{Z}]/u.test(character)) return `\`${character}\``
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}
