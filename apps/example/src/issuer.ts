/**
 * The local issuer of the example. Not for production: it signs in anybody who gives a name.
 *
 * Shape   an ES256 key pair, kept in the data folder, so that tokens outlive a restart; its public half
 *         as a JSON Web Key Set.
 * Units   a token for the app holds for eight hours, one for the control plane for five minutes.
 * Errors  {@link DataFolderError} (`ERR_DATA_FOLDER`) where the kept key cannot be read.
 * Source  RFC 7517; RFC 7519; RFC 9068 for the token's type; OpenID Connect Discovery 1.0; IAM User Guide, "Pass session
 *         tags in AWS STS".
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
  type JWTPayload,
  SignJWT,
} from 'jose'
import { DataFolderError } from './errors.js'
import type { Person } from './people.js'

/** The issuer's name where nobody needs to find it. */
export const ISSUER = 'urn:iamkit:example:issuer'
/** For whom a token is that the control plane takes. */
export const CLIENT_ID = 'urn:iamkit:example:sign-in'
export const AUDIENCE = 'urn:iamkit:example:documents'
export const TOKEN_TYPE = 'at+jwt'
const ALGORITHM = 'ES256'

export interface Issuer {
  /** Public keys alone. */
  readonly keys: JSONWebKeySet
  /** Its name in tokens. An address is also where its discovery document is. */
  readonly name: string
  /** An access token for the app itself. */
  signIn(person: Person): Promise<string>
  /** An identity token for AssumeRoleWithWebIdentity, which makes the person's tags those of the session. */
  vouchFor(person: Person): Promise<string>
}

/** Reads the key pair in a file, or makes it. Without a file the key is gone with the process. */
export async function openIssuer(file?: string, issuer = ISSUER): Promise<Issuer> {
  const kept = file !== undefined && existsSync(file)
  const secret = kept ? readKey(file) : await createKey()
  if (!kept && file !== undefined) writeFileSync(file, JSON.stringify(secret), { mode: 0o600 })
  const { kty, crv, x, y } = secret
  const open: JWK = { ...({ kty, crv, x, y } as JWK), alg: ALGORITHM, use: 'sig' }
  const kid = await calculateJwkThumbprint(open)
  const key = await importJWK(secret, ALGORITHM)

  const signed = (claims: JWTPayload, { typ, until }: { typ: string; until: string }) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: ALGORITHM, kid, typ })
      .setIssuer(issuer)
      .setIssuedAt()
      .setExpirationTime(until)
      .sign(key)
  return {
    keys: { keys: [{ ...open, kid }] },
    name: issuer,
    signIn: ({ name: sub, account, role, tags }) =>
      signed({ sub, aud: AUDIENCE, account, role, tags }, { typ: TOKEN_TYPE, until: '8h' }),
    vouchFor: ({ name: sub, tags }) =>
      signed({ sub, aud: CLIENT_ID, [TAGS]: tagsClaim(tags) }, { typ: 'JWT', until: '5m' }),
  }
}

const TAGS = 'https://aws.amazon.com/tags'

/** As STS reads it: a list with one value for each key. */
function tagsClaim(tags: Person['tags']): object {
  return {
    principal_tags: Object.fromEntries(Object.entries(tags).map(([key, value]) => [key, [value]])),
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
