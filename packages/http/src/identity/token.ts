/**
 * A token → what it says, if it holds.
 *
 * Shape   the issuer is looked up first, by what the token says of itself: a foreign one makes nobody ask
 *         for keys. Then signature, times, audience, type.
 * Errors  What hinders the search for a key is thrown on, and becomes a 503.
 * Source  RFC 7519; RFC 8725, sections 3.1 to 3.11; RFC 9068, section 4.
 *
 * @module
 */
import { decodeJwt, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose'
import type { CredentialProblem } from './identity.js'
import type { TokenClaims, TokenOptions } from './token-options.js'

/** One issuer whose tokens are taken, and how they are signed. */
export interface Trusted {
  readonly options: TokenOptions & { readonly algorithms: readonly string[] }
  readonly key: Uint8Array | JWTVerifyGetKey
}

export interface VerifiedToken {
  readonly claims: TokenClaims
  readonly options: TokenOptions
}

export async function verifyToken(
  token: string,
  issuers: ReadonlyMap<string, Trusted>,
): Promise<VerifiedToken | CredentialProblem> {
  try {
    const { iss } = decodeJwt(token)
    const trusted = iss === undefined ? undefined : issuers.get(iss)
    if (trusted === undefined) return refused('the token is not from the expected issuer')
    return await verifyFrom(token, trusted)
  } catch (error) {
    return refusedToken(error)
  }
}

export function refused(description: string): CredentialProblem {
  return { problem: 'invalid_token', description }
}

async function verifyFrom(
  token: string,
  { options, key }: Trusted,
): Promise<VerifiedToken | CredentialProblem> {
  const { issuer, audience, clock, clockTolerance = 5 } = options
  const verify = {
    issuer,
    audience,
    algorithms: [...options.algorithms],
    clockTolerance,
    requiredClaims: ['sub', 'exp'],
    ...(clock && { currentDate: clock() }),
  }
  const { payload, protectedHeader } =
    typeof key === 'function'
      ? await jwtVerify(token, key, verify)
      : await jwtVerify(token, key, verify)
  const problem = typeProblem(protectedHeader.typ, payload, options.type)
  if (problem !== undefined) return refused(problem)
  if (typeof payload.sub !== 'string' || payload.sub === '')
    return refused('the token names no subject')
  return { claims: payload as TokenClaims, options }
}

/** A token that says who has signed in, or that a session has ended, is not one that opens doors. */
function typeProblem(
  found: unknown,
  payload: JWTPayload,
  wanted: TokenOptions['type'] = ['JWT', 'at+jwt'],
): string | undefined {
  const isAbsent = found === undefined && [wanted].flat().includes('JWT')
  const isWanted =
    typeof found === 'string' && [wanted].flat().map(plainType).includes(plainType(found))
  if (!isAbsent && !isWanted) return 'the token is of another type'
  const isIdToken = payload.at_hash !== undefined || payload.c_hash !== undefined
  return isIdToken ? 'the token says who has signed in: send an access token' : undefined
}

/** `application/at+jwt` is `at+jwt`, in any letter case (RFC 7515, section 4.1.9). */
function plainType(type: string): string {
  return type.toLowerCase().replace(/^application\//, '')
}

/** The token is at fault, or we could not tell: the latter is thrown again, and becomes a 503. */
function refusedToken(error: unknown): CredentialProblem {
  if (!(error instanceof errors.JOSEError)) throw error
  switch (error.code) {
    case 'ERR_JOSE_GENERIC':
    case 'ERR_JWKS_TIMEOUT':
    case 'ERR_JWKS_INVALID':
      throw error
    case 'ERR_JWT_EXPIRED':
      return refused('the token has expired')
    case 'ERR_JWT_CLAIM_VALIDATION_FAILED':
      return refused(claimProblem(error as errors.JWTClaimValidationFailed))
    case 'ERR_JOSE_ALG_NOT_ALLOWED':
      return refused('the token is signed with an algorithm that is not taken here')
    case 'ERR_JWKS_NO_MATCHING_KEY':
      return refused("the token is signed with a key that is none of its issuer's")
    case 'ERR_JWKS_MULTIPLE_MATCHING_KEYS':
      return refused('the token names no key, and its issuer has several: it needs a `kid`')
    default:
      return refused('the token is not valid here')
  }
}

/** The signature has been found good before, so that only a caller with a token of the issuer learns this. */
function claimProblem({ claim, reason }: errors.JWTClaimValidationFailed): string {
  if (reason === 'missing') return `the token has no \`${claim}\``
  if (claim === 'aud') return 'the token is for another audience'
  return claim === 'nbf' ? 'the token is not valid yet' : 'the token is not valid here'
}
