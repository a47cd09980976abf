/**
 * Passwords: hashed to be kept, compared, and held against the account's rules.
 *
 * Shape   `scrypt$<N>$<r>$<p>$<salt>$<hash>`, salt and hash in base64.
 * Errors  {@link Fault} `PasswordPolicyViolation` from {@link checkPassword}.
 * Source  RFC 7914; OWASP Password Storage Cheat Sheet; IAM User Guide, "Setting an account password policy".
 *
 * @module
 */
import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'
import { Fault } from '../fault.js'

const COST = { N: 2 ** 15, r: 8, p: 3 }
const HASH_BYTES = 32

export type PasswordRules = Readonly<Record<string, number | boolean>>

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const hash = await derive(password, salt, COST)
  return `scrypt$${COST.N}$${COST.r}$${COST.p}$${salt.toString('base64')}$${hash.toString('base64')}`
}

export async function isPassword(password: string, kept: string): Promise<boolean> {
  const [, N, r, p, salt = '', hash = ''] = kept.split('$')
  const cost = { N: Number(N), r: Number(r), p: Number(p) }
  const derived = await derive(password, Buffer.from(salt, 'base64'), cost)
  return timingSafeEqual(derived, Buffer.from(hash, 'base64'))
}

function derive(password: string, salt: Buffer, cost: ScryptOptions): Promise<Buffer> {
  const options = { ...cost, maxmem: 64 * 1024 * 1024 }
  return new Promise((resolve, reject) => {
    scrypt(password, salt, HASH_BYTES, options, (error, hash) =>
      error ? reject(error) : resolve(hash),
    )
  })
}

const CLASSES: readonly (readonly [rule: string, has: RegExp, noun: string])[] = [
  ['RequireUppercaseCharacters', /[A-Z]/, 'uppercase letter'],
  ['RequireLowercaseCharacters', /[a-z]/, 'lowercase letter'],
  ['RequireNumbers', /[0-9]/, 'number'],
  ['RequireSymbols', /[!@#$%^&*()_+\-=[\]{}|']/, 'symbol'],
]

/** Without rules of the account's own, AWS's hold: eight characters of three classes. */
export function checkPassword(password: string, rules: PasswordRules | undefined): void {
  const least = Number(rules?.MinimumPasswordLength ?? 8)
  if (password.length < least) throw violated(`Password should have a minimum length of ${least}`)
  const lacking = CLASSES.filter(([, has]) => !has.test(password))
  if (!rules) {
    if (lacking.length > 1)
      throw violated('Password does not conform to the account password policy.')
    return
  }
  const [required] = lacking.filter(([rule]) => rules[rule] === true)
  if (required) throw violated(`Password should have at least one ${required[2]}`)
}

function violated(message: string): Fault {
  return new Fault('PasswordPolicyViolation', message, 400)
}
