/**
 * The `Authorization` header → the token in it.
 *
 * Shape   exactly one header, scheme `Bearer` in any case, spaces, then a token of RFC 6750's alphabet.
 * Errors  None: what cannot be read is a {@link CredentialProblem}.
 * Source  RFC 6750, sections 2.1 and 3.1; RFC 9110, section 11.4.
 *
 * @module
 */
import type { HttpRequest } from '../request.js'
import type { CredentialProblem } from './identity.js'

const TOKEN = /^[A-Za-z0-9\-._~+/]+=*$/

/** The token; undefined where the request carries none, or only credentials of another scheme. */
export function bearerToken(request: HttpRequest): string | CredentialProblem | undefined {
  const values = request.headers('authorization')
  if (values.length > 1) return malformed('the request has more than one Authorization header')
  const value = values[0]
  if (value === undefined || value.trim() === '') return undefined
  const [scheme = ''] = value.split(' ', 1)
  if (scheme.toLowerCase() !== 'bearer') return undefined
  const token = withoutBlanks(value.slice(scheme.length))
  return TOKEN.test(token) ? token : malformed('the Authorization header holds no bearer token')
}

/** Without the spaces around it, in one pass: a header may be all spaces but its ends. */
function withoutBlanks(text: string): string {
  let start = 0
  let end = text.length
  while (text[start] === ' ') start++
  while (end > start && text[end - 1] === ' ') end--
  return text.slice(start, end)
}

function malformed(description: string): CredentialProblem {
  return { problem: 'invalid_request', description }
}
