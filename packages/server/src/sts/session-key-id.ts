/**
 * The ids of temporary access keys, which tell whose account they are of.
 *
 * Shape   `ASIA` and sixteen characters of base32: ten bytes, of which bits 1 to 40 are the account, the rest random.
 * Errors  None.
 * Source  The layout of AWS's own ids, as tools that read accounts out of them know it.
 *
 * @module
 */
import { randomBytes } from 'node:crypto'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const BITS = 80n
/** One bit in front, then the account, then as many random bits. */
const SHIFT = BITS - 1n - 40n

export function newSessionKeyId(account: string): string {
  const random = BigInt(`0x${randomBytes(5).toString('hex')}`) >> 1n
  const bits = (BigInt(account) << SHIFT) | random
  const digits = Array.from({ length: 16 }, (_, i) => Number((bits >> BigInt(75 - 5 * i)) & 31n))
  return `ASIA${digits.map((digit) => ALPHABET[digit]).join('')}`
}

/** Twelve digits; undefined for what is no id of a temporary key. */
export function accountOfKeyId(id: string): string | undefined {
  if (!/^ASIA[A-Z2-7]{16}$/.test(id)) return undefined
  let bits = 0n
  for (const letter of id.slice(4)) bits = (bits << 5n) | BigInt(ALPHABET.indexOf(letter))
  const account = String((bits >> SHIFT) & ((1n << 40n) - 1n))
  return account.length > 12 ? undefined : account.padStart(12, '0')
}
