/**
 * A vault whose key is made from a passphrase.
 *
 * Units   scrypt with N = 2^17, r = 8, p = 1: 128 MiB and some tenths of a second a try.
 * Errors  {@link ArchiveError} for a passphrase too short to be one.
 * Source  OWASP Password Storage Cheat Sheet, scrypt.
 *
 * @module
 */
import { randomBytes, scrypt } from 'node:crypto'
import { createVault, type Vault } from '../vault/vault.js'
import { parseVaultKeys } from '../vault/vault-key.js'
import { ArchiveError, type PassphraseSalt } from './archive.js'

const COST = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 }
const MIN_LENGTH = 12

export function newSalt(): PassphraseSalt {
  return { scrypt: randomBytes(16).toString('base64') }
}

export async function vaultOf(passphrase: string, salt: PassphraseSalt): Promise<Vault> {
  if (passphrase.length < MIN_LENGTH) {
    throw new ArchiveError(`a passphrase has at least ${MIN_LENGTH} characters`)
  }
  const key = await derive(passphrase.normalize('NFKC'), Buffer.from(salt.scrypt, 'base64'))
  return createVault(parseVaultKeys(key.toString('base64')))
}

function derive(passphrase: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(passphrase, salt, 32, COST, (error, key) => (error ? reject(error) : resolve(key)))
  })
}
