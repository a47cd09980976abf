/**
 * The keys of OpenID Connect issuers, found as each issuer publishes where they are.
 *
 * Shape   the discovery document says where the keys are, and must say the issuer's own name; both are kept.
 * Units   a discovery document serves for an hour, keys for ten minutes; an unknown key makes them asked for once in 30
 *         seconds. An answer has at most 1 MiB and five seconds. The last 1,000 issuers are kept.
 * Errors  {@link Fault} `IDPCommunicationError` 400 where an issuer cannot be asked; what jose says of a key.
 * Source  OpenID Connect Discovery 1.0, section 4; RFC 8725, section 3.
 *
 * @module
 */
import { createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from 'jose'
import { Fault } from '../fault.js'
import { Recent } from '../recent.js'

export interface IssuerKeysOptions {
  /** Whether issuers on this machine may do without TLS: for tests only. */
  readonly allowLoopback?: boolean
}

/** Finds what verifies an issuer's tokens. */
export type IssuerKeys = (issuer: string) => Promise<JWTVerifyGetKey>

const MAX_BYTES = 1024 * 1024
const TIMEOUT = 5000
const DISCOVERY_AGE = 3_600_000
/** After a failure nobody asks again for as long: callers are refused at once. */
const BACK_OFF = 1000

interface Known {
  readonly at: number
  readonly keys: Promise<JWTVerifyGetKey>
  hasFailed: boolean
}

export function createIssuerKeys({ allowLoopback = false }: IssuerKeysOptions = {}): IssuerKeys {
  const known = new Recent<Known>(1000)
  return (issuer) => {
    const last = known.get(issuer)
    const age = last && Date.now() - last.at
    if (last && age !== undefined && age < (last.hasFailed ? BACK_OFF : DISCOVERY_AGE))
      return last.keys
    const asked: Known = { at: Date.now(), keys: discover(issuer, allowLoopback), hasFailed: false }
    asked.keys.catch(() => {
      asked.hasFailed = true
    })
    known.set(issuer, asked)
    return asked.keys
  }
}

async function discover(issuer: string, allowLoopback: boolean): Promise<JWTVerifyGetKey> {
  try {
    const address = safeUrl(
      `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
      allowLoopback,
    )
    const options = { signal: AbortSignal.timeout(TIMEOUT) }
    const found: unknown = await (await limitedFetch(address.href, options)).json()
    const { issuer: named, jwks_uri } = (found ?? {}) as Readonly<Record<string, unknown>>
    if (named !== issuer) throw new Error('the discovery document is of another issuer')
    return createRemoteJWKSet(safeUrl(String(jwks_uri), allowLoopback), {
      timeoutDuration: TIMEOUT,
      cooldownDuration: 30_000,
      [customFetch]: limitedFetch,
    })
  } catch (error) {
    throw unreachable(error)
  }
}

export function unreachable(cause: unknown): Fault {
  const message = `Could not retrieve the keys of the identity provider: ${(cause as Error)?.message ?? ''}`
  return new Fault('IDPCommunicationError', message.slice(0, 512), 400)
}

/** Whoever can change keys on their way decides who calls. */
function safeUrl(text: string, allowLoopback: boolean): URL {
  const url = new URL(text)
  const isHere =
    url.protocol === 'http:' && /^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname)
  if (url.protocol === 'https:' || (allowLoopback && isHere)) return url
  throw new Error('an issuer is asked over https only')
}

/** The response, read whole, if it is one and not endless. */
async function limitedFetch(url: string, options: RequestInit): Promise<Response> {
  const response = await fetch(url, { ...options, redirect: 'error' })
  if (response.status !== 200) throw new Error(`the issuer answered ${response.status}`)
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body ?? []) {
    length += chunk.length
    if (length > MAX_BYTES) throw new Error('the issuer answered more than 1 MiB')
    chunks.push(chunk)
  }
  return new Response(Buffer.concat(chunks))
}
