/**
 * The local issuer of the example. Not for production: it signs in anybody who gives a name.
 *
 * Shape   an ES256 key pair, kept in the data folder, so that tokens outlive a restart; its public half
 *         as a JSON Web Key Set.
 * Units   a token holds for eight hours.
 * Errors  {@link DataFolderError} (`ERR_DATA_FOLDER`) where the kept key cannot be read.
 * Source  RFC 7517; RFC 7519; RFC 9068 for the token's type.
 *
 * @module
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import {
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JSONWebKeySet,
  type JWK,
  SignJWT,
} from 'jose'
import { DataFolderError } from './errors.js'
import type { Person } from './people.js'

export const ISSUER = 'urn:iamkit:example:issuer'
export const AUDIENCE = 'urn:iamkit:example:documents'
export const TOKEN_TYPE = 'at+jwt'
const ALGORITHM = 'ES256'

export interface Issuer {
  /** Public keys alone. */
  readonly keys: JSONWebKeySet
  signIn(person: Person): Promise<string>
}

/** Reads the key pair in a file, or makes it. Without a file the key is gone with the process. */
export async function openIssuer(file?: string): Promise<Issuer> {
  const kept = file !== undefined && existsSync(file)
  const secret = kept ? readKey(file) : await createKey()
  if (!kept && file !== undefined) writeFileSync(file, JSON.stringify(secret), { mode: 0o600 })
  const { kty, crv, x, y } = secret
  const open: JWK = { ...({ kty, crv, x, y } as JWK), alg: ALGORITHM, use: 'sig' }
  const kid = await calculateJwkThumbprint(open)
  const key = await importJWK(secret, ALGORITHM)

  return {
    keys: { keys: [{ ...open, kid }] },
    signIn: ({ name, account, role, tags }) =>
      new SignJWT({ account, role, tags })
        .setProtectedHeader({ alg: ALGORITHM, kid, typ: TOKEN_TYPE })
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setSubject(name)
        .setIssuedAt()
        .setExpirationTime('8h')
        .sign(key),
  }
}

async function createKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true })
  return exportJWK(privateKey)
}

function readKey(file: string): JWK {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as JWK
  } catch (cause) {
    throw new DataFolderError(`\`${file}\` holds no key: delete it, and a new one is made`, {
      cause,
    })
  }
}
