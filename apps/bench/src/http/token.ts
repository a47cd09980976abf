/**
 * Signs the token that every request of W8 carries.
 *
 * Errors  None.
 * Source  RFC 7515, section 3.1; RFC 7518, section 3.2.
 *
 * @module
 */
import { createHmac } from 'node:crypto'
import { TOKEN } from './documents.js'

/** Valid for an hour, as access tokens mostly are. */
export function createToken(now = Date.now()): string {
  const seconds = Math.floor(now / 1000)
  const { issuer: iss, audience: aud, secret } = TOKEN
  const claims = { iss, aud, sub: 'u0', team: 'red', iat: seconds, exp: seconds + 3600 }
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
}
