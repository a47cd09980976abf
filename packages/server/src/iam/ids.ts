/**
 * Unique ids, access key ids and secrets.
 *
 * Shape   a prefix that says what it is, then 17 (ids) or 16 (access keys) characters of base32.
 * Units   an id holds 80 random bits and more, a secret 240.
 * Errors  None.
 * Source  IAM User Guide, "Unique identifiers".
 *
 * @module
 */
import { randomBytes } from 'node:crypto'

export type IdPrefix = 'AIDA' | 'AROA' | 'AGPA' | 'ANPA' | 'AIPA'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

export function newId(prefix: IdPrefix): string {
  return prefix + randomText(17)
}

/** @param prefix `AKIA` for keys that last, `ASIA` for a session's */
export function newAccessKeyId(prefix: 'AKIA' | 'ASIA' = 'AKIA'): string {
  return prefix + randomText(16)
}

/** Forty characters, as AWS's clients know them. */
export function newSecret(): string {
  return randomBytes(30).toString('base64')
}

/** Random text of base32: each character carries five bits. */
function randomText(length: number): string {
  return Array.from(randomBytes(length), (byte) => ALPHABET[byte & 31]).join('')
}
