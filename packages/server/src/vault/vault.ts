/**
 * What keeps secrets at rest: AES-256-GCM under a key from outside the store.
 *
 * Shape   `v1.<key id>.<base64url of salt, nonce, tag and ciphertext>`. The key's id stands in front, so that several
 *         may be known while one is replaced by another. Each text has a key of its own, made from the vault's key,
 *         the purpose and a random salt: so no number of texts wears a key out.
 * Units   bytes: key 32, salt 16, nonce 12, tag 16.
 * Errors  {@link VaultError} (`ERR_VAULT`) from `open`, for whatever is wrong with the text.
 * Source  NIST SP 800-38D, 8.3: at most 2^32 random nonces a key.
 *
 * @module
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { VaultError } from './vault-error.js'
import type { VaultKey, VaultKeys } from './vault-key.js'

const CIPHER = 'aes-256-gcm'
const SALT = 16
const NONCE = 12
const TAG = 16
const DERIVED = 32

export interface Vault {
  /** @param purpose bound to the text: what was sealed for one purpose does not open for another. */
  readonly seal: (plain: string, purpose: string) => string
  readonly open: (sealed: string, purpose: string) => string
  /** 32 secret bytes for each of the vault's keys, the current one's first: the same wherever the key is. */
  readonly derive: (purpose: string) => readonly [DerivedBytes, ...DerivedBytes[]]
}

export interface DerivedBytes {
  /** Of the vault's key. */
  readonly id: string
  readonly bytes: Buffer
}

/** The first key seals; all of them open. */
export function createVault(keys: VaultKeys): Vault {
  const [current] = keys
  const known = new Map(keys.map((key) => [key.id, key]))
  const derived = (key: VaultKey, purpose: string): DerivedBytes => {
    const bytes = hkdfSync('sha256', key.bytes, '', `derive ${purpose}`, DERIVED)
    return { id: key.id, bytes: Buffer.from(bytes) }
  }
  return {
    derive: (purpose) => {
      const [first, ...others] = keys
      return [derived(first, purpose), ...others.map((key) => derived(key, purpose))]
    },
    seal: (plain, purpose) => {
      const salt = randomBytes(SALT)
      const nonce = randomBytes(NONCE)
      const cipher = createCipheriv(CIPHER, keyOf(current, { salt, purpose }), nonce)
      const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
      const body = Buffer.concat([salt, nonce, cipher.getAuthTag(), text])
      return `v1.${current.id}.${body.toString('base64url')}`
    },
    open: (sealed, purpose) => {
      const [version, id, body, ...rest] = sealed.split('.')
      const key = known.get(id ?? '')
      if (version !== 'v1' || body === undefined || rest.length > 0) throw unreadable()
      if (!key) throw new VaultError('the key that sealed this text is not known')
      return decipher(Buffer.from(body, 'base64url'), { key, purpose })
    },
  }
}

function decipher(body: Buffer, { key, purpose }: { key: VaultKey; purpose: string }): string {
  if (body.length < SALT + NONCE + TAG) throw unreadable()
  const salt = body.subarray(0, SALT)
  const nonce = body.subarray(SALT, SALT + NONCE)
  const tag = body.subarray(SALT + NONCE, SALT + NONCE + TAG)
  const options = { authTagLength: TAG }
  const opening = createDecipheriv(CIPHER, keyOf(key, { salt, purpose }), nonce, options)
  opening.setAuthTag(tag)
  try {
    const text = opening.update(body.subarray(SALT + NONCE + TAG))
    return Buffer.concat([text, opening.final()]).toString('utf8')
  } catch (cause) {
    throw new VaultError('a sealed text was changed, or sealed for another purpose', { cause })
  }
}

/** A key for one text. The purpose is part of it, so the wrong purpose is a wrong key. */
function keyOf({ bytes }: VaultKey, { salt, purpose }: { salt: Buffer; purpose: string }): Buffer {
  return createHmac('sha256', bytes)
    .update('iamkit vault v1\0')
    .update(salt)
    .update(purpose)
    .digest()
}

function unreadable(): VaultError {
  return new VaultError('not a sealed text')
}
