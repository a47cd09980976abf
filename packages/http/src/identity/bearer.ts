/**
 * Callers with a JSON Web Token.
 *
 * Shape   {@link bearer} for tokens signed with a private key, {@link sharedSecret} for HMAC; two
 *         functions, so that no list of algorithms can ever mix both.
 * Units   `clockTolerance` counts seconds, 0 to 60.
 * Errors  {@link IamOptionsError} (`ERR_IAM_OPTIONS_INVALID`) from both, at start-up. A key server that
 *         does not answer makes the authenticator throw.
 * Source  RFC 6750; RFC 7519; RFC 8725, sections 3.1 to 3.11; RFC 9068.
 *
 * @module
 */
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  decodeJwt,
  errors,
  type JSONWebKeySet,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
} from 'jose'
import { IamOptionsError } from '../errors.js'
import { bearerToken } from './bearer-token.js'
import type { Authenticator, CredentialProblem, Identity } from './identity.js'

export type SignatureAlgorithm =
  | 'RS256'
  | 'RS384'
  | 'RS512'
  | 'PS256'
  | 'PS384'
  | 'PS512'
  | 'ES256'
  | 'ES384'
  | 'ES512'
  | 'EdDSA'
  | 'Ed25519'
export type HmacAlgorithm = 'HS256' | 'HS384' | 'HS512'

/** What a verified token says. Issuer, audience, times and subject have been checked. */
export type TokenClaims = JWTPayload & { readonly sub: string; readonly exp: number }

export interface TokenOptions {
  /** The `iss` that a token must have, character by character. */
  readonly issuer: string
  /** The `aud` that a token must have or contain. */
  readonly audience: string
  /** Who a token's bearer is. Undefined: nobody, answered with 401. */
  readonly principal: (claims: TokenClaims) => Identity | undefined
  /** The `typ` of a token, such as `at+jwt`. Absent: any. */
  readonly type?: string
  /** Seconds by which clocks may differ. Absent: 5. */
  readonly clockTolerance?: number
  /** Named in the challenge of a 401. Absent: the audience. */
  readonly realm?: string
  /** Absent: the system's. */
  readonly clock?: () => Date
}

export interface BearerOptions extends TokenOptions {
  /** The only algorithms that are accepted. */
  readonly algorithms: readonly [SignatureAlgorithm, ...SignatureAlgorithm[]]
  /** The issuer's public keys, or the address where it publishes them. */
  readonly keys: JSONWebKeySet | URL | string
}

export interface SharedSecretOptions extends TokenOptions {
  readonly algorithms: readonly [HmacAlgorithm, ...HmacAlgorithm[]]
  /** At least 32 bytes for HS256, 48 for HS384, 64 for HS512. */
  readonly secret: Uint8Array
}

/**
 * Tokens that an issuer signed with its private key.
 *
 * @example
 * ```ts
 * bearer({
 *   issuer: 'https://login.example.com/',
 *   audience: 'https://api.example.com',
 *   algorithms: ['RS256'],
 *   keys: 'https://login.example.com/.well-known/jwks.json',
 *   principal: ({ sub }) => ({
 *     principal: { type: 'user', account: 'acme', arn: `arn:aws:iam::acme:user/${sub}` },
 *   }),
 * })
 * ```
 */
export function bearer(options: BearerOptions): Authenticator {
  requireAlgorithms(options.algorithms, /^(?:[RPE]S(?:256|384|512)|EdDSA|Ed25519)$/)
  return tokens(options, findKey(options.keys))
}

/** Tokens that the app itself, or a friend with the same secret, signed with HMAC. */
export function sharedSecret(options: SharedSecretOptions): Authenticator {
  requireAlgorithms(options.algorithms, /^HS(?:256|384|512)$/)
  const needed = Math.max(...options.algorithms.map((name) => Number(name.slice(2)) / 8))
  if (!(options.secret instanceof Uint8Array) || options.secret.length < needed) {
    throw new IamOptionsError('secret', `must have at least ${needed} bytes`)
  }
  return tokens(options, options.secret)
}

type AnyTokenOptions = TokenOptions & { readonly algorithms: readonly string[] }

function tokens(options: AnyTokenOptions, key: Uint8Array | JWTVerifyGetKey): Authenticator {
  checkTokenOptions(options)
  const authenticate: Authenticator = async (request) => {
    const token = bearerToken(request)
    if (typeof token !== 'string') return token
    const verified = await verify(token, key, options)
    if ('problem' in verified) return verified
    const { claims } = verified
    if (typeof claims.sub !== 'string' || claims.sub === '')
      return refused('the token names no subject')
    return options.principal(claims as TokenClaims) ?? refused('the token names nobody known here')
  }
  return Object.assign(authenticate, {
    challenge: `Bearer realm="${options.realm ?? options.audience}"`,
  })
}

async function verify(
  token: string,
  key: Uint8Array | JWTVerifyGetKey,
  options: AnyTokenOptions,
): Promise<{ readonly claims: JWTPayload } | CredentialProblem> {
  const { issuer, audience, type, clock, clockTolerance = 5 } = options
  try {
    // Before any key is looked for: a foreign token must not make us ask anybody for keys.
    if (decodeJwt(token).iss !== issuer) return refused('the token is not from the expected issuer')
    const { payload } = await jwtVerify(token, key, {
      issuer,
      audience,
      algorithms: [...options.algorithms],
      clockTolerance,
      requiredClaims: ['sub', 'exp'],
      ...(type !== undefined && { typ: type }),
      ...(clock && { currentDate: clock() }),
    })
    return { claims: payload }
  } catch (error) {
    return refusedToken(error)
  }
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
    default:
      return refused('the token is not valid here')
  }
}

function refused(description: string): CredentialProblem {
  return { problem: 'invalid_token', description }
}

function findKey(keys: BearerOptions['keys']): JWTVerifyGetKey {
  if (typeof keys === 'string' || keys instanceof URL) return createRemoteJWKSet(safeUrl(keys))
  const isPublic = keys?.keys?.every(({ kty, d }) => kty !== 'oct' && d === undefined)
  if (!isPublic || keys.keys.length === 0) {
    throw new IamOptionsError('keys', 'must be a JSON Web Key Set of public keys, or its address')
  }
  return createLocalJWKSet(keys)
}

/** Whoever can change the keys on their way decides who calls. */
function safeUrl(text: string | URL): URL {
  const url = URL.canParse(String(text)) ? new URL(text) : undefined
  const isLocal =
    url?.protocol === 'http:' && /^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname)
  if (url?.protocol !== 'https:' && !isLocal) {
    throw new IamOptionsError('keys', 'must be an `https:` address (`http:` on this machine only)')
  }
  return url as URL
}

function requireAlgorithms(names: readonly string[], allowed: RegExp): void {
  if (!Array.isArray(names) || names.length === 0) {
    throw new IamOptionsError('algorithms', 'name at least one')
  }
  const foreign = names.find((name) => !allowed.test(name))
  if (foreign !== undefined)
    throw new IamOptionsError('algorithms', `\`${foreign}\` is not one of them here`)
}

/** The types say so already; an app in JavaScript has no types, and an absent check is no check. */
function checkTokenOptions({
  issuer,
  audience,
  principal,
  realm,
  clockTolerance = 5,
}: TokenOptions): void {
  for (const [option, value] of Object.entries({ issuer, audience })) {
    if (typeof value !== 'string' || value === '')
      throw new IamOptionsError(option, 'must be given')
  }
  if (typeof principal !== 'function') throw new IamOptionsError('principal', 'must be a function')
  if (!/^[\x20-\x7e]*$/.test(realm ?? audience) || /["\\]/.test(realm ?? audience)) {
    throw new IamOptionsError('realm', 'must be ASCII without quotes and backslashes')
  }
  if (!(clockTolerance >= 0 && clockTolerance <= 60)) {
    throw new IamOptionsError('clockTolerance', 'must be between 0 and 60 seconds')
  }
}
