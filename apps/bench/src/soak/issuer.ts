/**
 * An issuer that changes its key every few seconds, as a careful one does: a new key is published before
 * anything is signed with it, and an old one for as long as tokens of it are in use.
 *
 * Units   milliseconds.
 * Errors  None of its own.
 * Source  RFC 7517; RFC 7519.
 *
 * @module
 */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'
import type { Member } from './world.js'

const ALGORITHM = 'ES256'
export const ISSUER = 'urn:iamkit:soak:issuer'
export const AUDIENCE = 'urn:iamkit:soak'
/** Longer than an app waits before it asks for unknown keys again. */
export const SIGNING_DELAY = 1500
/** Keys that nothing publishes any more. */
const RETIRED_AFTER = 4

interface Key {
  readonly kid: string
  readonly secret: Awaited<ReturnType<typeof generateKeyPair>>['privateKey']
  readonly open: JWK
  readonly tokens: Map<string, Promise<string>>
}

export class Issuer {
  readonly #keys: Key[] = []
  #signing = 0
  #server: Server | undefined

  /** Publishes one more key, and signs with it from {@link sign} on. */
  async rotate(): Promise<void> {
    this.#keys.push(await createKey(`k${this.#keys.length}`))
  }

  sign(): void {
    this.#signing = this.#keys.length - 1
  }

  get rotations(): number {
    return this.#keys.length - 1
  }

  /** A token that is good now. */
  token(person: Member): Promise<string> {
    return tokenOf(this.#key(this.#signing), person, '5 min')
  }

  /** A token of a key that was good once; undefined while there is none. */
  retiredToken(person: Member): Promise<string> | undefined {
    const at = this.#signing - RETIRED_AFTER
    return at < 0 ? undefined : tokenOf(this.#key(at), person, '1 h')
  }

  expiredToken(person: Member): Promise<string> {
    return tokenOf(this.#key(this.#signing), person, '-1 min')
  }

  /** Where the two newest keys are published. */
  async listen(): Promise<string> {
    const server = createServer((_req, res) => {
      const keys = this.#keys.slice(-2).map(({ open }) => open)
      res.setHeader('content-type', 'application/json').end(JSON.stringify({ keys }))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    this.#server = server
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`
  }

  close(): void {
    this.#server?.close()
    this.#server?.closeAllConnections()
  }

  #key(at: number): Key {
    const key = this.#keys[at]
    if (!key) throw new Error('rotate before the first token')
    return key
  }
}

async function createKey(kid: string): Promise<Key> {
  const { privateKey, publicKey } = await generateKeyPair(ALGORITHM)
  const open = { ...(await exportJWK(publicKey)), kid, alg: ALGORITHM, use: 'sig' }
  return { kid, secret: privateKey, open, tokens: new Map() }
}

function tokenOf({ kid, secret, tokens }: Key, { id, team }: Member, expires: string) {
  const name = `${id} ${expires}`
  const kept = tokens.get(name)
  if (kept) return kept
  const token = new SignJWT({ team })
    .setProtectedHeader({ alg: ALGORITHM, kid })
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setSubject(id)
    .setExpirationTime(expires)
    .sign(secret)
  tokens.set(name, token)
  return token
}
