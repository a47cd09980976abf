/**
 * What an app says of the tokens it takes.
 *
 * Units   `clockTolerance` counts seconds, 0 to 60.
 * Errors  {@link IamOptionsError} (`ERR_IAM_OPTIONS_INVALID`) from every function, at start-up.
 *
 * @module
 */
import type { JSONWebKeySet, JWTPayload } from 'jose'
import { IamOptionsError } from '../errors.js'
import { checkKinds, type KindsOf } from '../option-kinds.js'
import type { Identity } from './identity.js'
import type { KeyCache } from './remote-keys.js'

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
  /** Who a token's bearer is, such as `identityFrom({ … })`. Undefined: nobody, answered with 401. */
  readonly principal: (claims: TokenClaims) => Identity | undefined
  /** The `typ` that a token must have, such as `at+jwt`. Absent: `JWT`, `at+jwt` or none. */
  readonly type?: string | readonly string[]
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
  /** For keys at an address: how long they serve, and how often they are asked for. */
  readonly keyCache?: KeyCache
}

export interface SharedSecretOptions extends TokenOptions {
  readonly algorithms: readonly [HmacAlgorithm, ...HmacAlgorithm[]]
  /** At least 32 bytes for HS256, 48 for HS384, 64 for HS512. */
  readonly secret: Uint8Array
}

const TOKEN_KINDS: KindsOf<TokenOptions> = {
  issuer: 'any',
  audience: 'any',
  principal: 'any',
  type: 'any',
  clockTolerance: 'number',
  realm: 'string',
  clock: 'function',
}
const BEARER_KINDS: KindsOf<BearerOptions> = {
  ...TOKEN_KINDS,
  algorithms: 'any',
  keys: 'any',
  keyCache: 'any',
}
const SECRET_KINDS: KindsOf<SharedSecretOptions> = {
  ...TOKEN_KINDS,
  algorithms: 'any',
  secret: 'any',
}

export function checkBearerKinds(options: BearerOptions): void {
  checkKinds('`bearer`', options, BEARER_KINDS)
}

export function checkSecretKinds(options: SharedSecretOptions): void {
  checkKinds('`sharedSecret`', options, SECRET_KINDS)
}

export function requireAlgorithms(names: readonly string[], allowed: RegExp): void {
  if (!Array.isArray(names) || names.length === 0) {
    throw new IamOptionsError('algorithms', 'name at least one')
  }
  const foreign = names.find((name) => !allowed.test(name))
  if (foreign !== undefined)
    throw new IamOptionsError('algorithms', `\`${foreign}\` is not one of them here`)
}

/** The types say so already; an app in JavaScript has no types, and an absent check is no check. */
export function checkTokenOptions(options: TokenOptions): void {
  const { issuer, audience, principal, clockTolerance = 5 } = options
  for (const [option, value] of Object.entries({ issuer, audience })) {
    if (typeof value !== 'string' || value === '')
      throw new IamOptionsError(option, 'must be given, as one text')
  }
  if (typeof principal !== 'function') {
    throw new IamOptionsError('principal', 'must be a function, such as `identityFrom({ … })`')
  }
  const realm = options.realm ?? audience
  if (!/^[\x20-\x7e]*$/.test(realm) || /["\\]/.test(realm)) {
    throw new IamOptionsError('realm', 'must be ASCII without quotes and backslashes')
  }
  if (!(clockTolerance >= 0 && clockTolerance <= 60)) {
    throw new IamOptionsError('clockTolerance', 'must be between 0 and 60 seconds')
  }
  const types = [options.type ?? 'JWT'].flat()
  if (types.length === 0 || types.some((type) => typeof type !== 'string' || type === '')) {
    throw new IamOptionsError('type', 'must be the `typ` of a token, or a list of them')
  }
}
