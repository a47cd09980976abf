/**
 * Callers with a JSON Web Token.
 *
 * Shape   {@link bearer} for tokens signed with a private key, of one issuer or several;
 *         {@link sharedSecret} for HMAC. Two functions, so that no list of algorithms can ever mix both.
 * Errors  {@link IamOptionsError} (`ERR_IAM_OPTIONS_INVALID`) from both, at start-up. A key server that
 *         does not answer makes the authenticator throw.
 * Source  RFC 6750; RFC 7519; RFC 8725, sections 3.1 to 3.11; RFC 9068.
 *
 * @module
 */
import { createLocalJWKSet, type JWTVerifyGetKey } from 'jose'
import { IamOptionsError } from '../errors.js'
import { bearerToken } from './bearer-token.js'
import type { Authenticator } from './identity.js'
import { remoteKeys } from './remote-keys.js'
import { refused, type Trusted, verifyToken } from './token.js'
import {
  type BearerOptions,
  checkBearerKinds,
  checkSecretKinds,
  checkTokenOptions,
  requireAlgorithms,
  type SharedSecretOptions,
} from './token-options.js'

export { type ClaimMapping, identityFrom } from './identity-from.js'
export type { KeyCache } from './remote-keys.js'
export type {
  BearerOptions,
  HmacAlgorithm,
  SharedSecretOptions,
  SignatureAlgorithm,
  TokenClaims,
  TokenOptions,
} from './token-options.js'

/**
 * Tokens that an issuer signed with its private key. For several issuers, give a list: each with its own
 * audience, algorithms, keys and callers.
 *
 * @example
 * ```ts
 * bearer({
 *   issuer: 'https://login.example.com/',
 *   audience: 'https://api.example.com',
 *   algorithms: ['RS256'],
 *   keys: 'https://login.example.com/.well-known/jwks.json',
 *   principal: identityFrom({ account: 'acme', tags: { team: 'team' } }),
 * })
 * ```
 */
export function bearer(
  options: BearerOptions | readonly [BearerOptions, ...BearerOptions[]],
): Authenticator {
  const each = [options].flat() as readonly BearerOptions[]
  each.forEach(checkBearerKinds)
  return tokens(each.map((one) => ({ options: one, key: findKey(one) })))
}

/** Tokens that the app itself, or a friend with the same secret, signed with HMAC. */
export function sharedSecret(options: SharedSecretOptions): Authenticator {
  checkSecretKinds(options)
  requireAlgorithms(options.algorithms, /^HS(?:256|384|512)$/)
  const needed = Math.max(...options.algorithms.map((name) => Number(name.slice(2)) / 8))
  if (!(options.secret instanceof Uint8Array) || options.secret.length < needed) {
    throw new IamOptionsError('secret', `must be a Uint8Array of at least ${needed} bytes`)
  }
  return tokens([{ options, key: options.secret }])
}

function tokens(trusted: readonly Trusted[]): Authenticator {
  for (const { options } of trusted) checkTokenOptions(options)
  const issuers = new Map(trusted.map((one) => [one.options.issuer, one]))
  const [first] = trusted
  if (first === undefined || issuers.size < trusted.length) {
    throw new IamOptionsError('issuer', 'name at least one, and each once')
  }
  const authenticate: Authenticator = async (request) => {
    const token = bearerToken(request)
    if (typeof token !== 'string') return token
    const verified = await verifyToken(token, issuers)
    if ('problem' in verified) return verified
    const { claims, options } = verified
    return options.principal(claims) ?? refused('the token names nobody known here')
  }
  const realm = first.options.realm ?? first.options.audience
  return Object.assign(authenticate, { challenge: `Bearer realm="${realm}"` })
}

function findKey({ keys, keyCache, algorithms }: BearerOptions): JWTVerifyGetKey {
  requireAlgorithms(algorithms, /^(?:[RPE]S(?:256|384|512)|EdDSA|Ed25519)$/)
  if (typeof keys === 'string' || keys instanceof URL) return remoteKeys(keys, keyCache)
  const isPublic = keys?.keys?.every(({ kty, d }) => kty !== 'oct' && d === undefined)
  if (!isPublic || keys.keys.length === 0) {
    throw new IamOptionsError('keys', 'must be a JSON Web Key Set of public keys, or its address')
  }
  return createLocalJWKSet(keys)
}
