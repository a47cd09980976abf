/**
 * The keys that sign and verify tokens for apps: Ed25519, made from the vault's keys.
 *
 * Shape   the vault's first key signs; all of them verify, so that keys are replaced as the vault's are, and every server over
 *         one store has the same.
 * Errors  None.
 * Source  RFC 8037; RFC 8410, section 7.
 *
 * @module
 */
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { createLocalJWKSet, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose'
import type { Vault } from '../vault/vault.js'

export interface TokenKeys {
  readonly signer: { readonly kid: string; readonly key: KeyObject }
  /** What `/.well-known/jwks.json` says. */
  readonly published: JSONWebKeySet
  readonly verifier: JWTVerifyGetKey
}

/** What stands before the seed in PKCS #8. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')

export function createTokenKeys(vault: Vault): TokenKeys {
  const keys = vault.derive('iamkit token').map(({ id, bytes }) => {
    const der = Buffer.concat([PKCS8, bytes])
    return { kid: id, key: createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }) }
  })
  const [signer] = keys
  if (!signer) throw new TypeError('a vault has at least one key')
  const published = {
    keys: keys.map(({ kid, key }) => ({
      ...createPublicKey(key).export({ format: 'jwk' }),
      kid,
      alg: 'EdDSA',
      use: 'sig',
    })),
  } as JSONWebKeySet
  return { signer, published, verifier: createLocalJWKSet(published) }
}
