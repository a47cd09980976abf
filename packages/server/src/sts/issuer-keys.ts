/**
 * The keys of OpenID Connect issuers, found as each issuer publishes where they are.
 *
 * Shape   the discovery document says where the keys are, and must say the issuer's own name; both are kept.
 * Units   a discovery document serves for an hour, keys for ten minutes; an unknown key makes them asked for once in 30
 *         seconds. An answer has five seconds. The last 1,000 issuers are kept.
 * Errors  {@link Fault} `IDPCommunicationError` 400 where an issuer cannot be asked, in the same words whatever it was that
 *         answered, with the reason as its `cause`; what jose says of a key.
 * Source  OpenID Connect Discovery 1.0, section 4; RFC 8725, section 3.
 *
 * @module
 */
import { createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from 'jose'
import { Fault } from '../fault.js'
import { Recent } from '../recent.js'
import { IssuerError, type IssuerFetch } from './issuer-fetch.js'

/** Finds what verifies an issuer's tokens. */
export type IssuerKeys = (issuer: string) => Promise<JWTVerifyGetKey>

const TIMEOUT = 5000
const DISCOVERY_AGE = 3_600_000
/** After a failure nobody asks again for as long: callers are refused at once. */
const BACK_OFF = 1000

interface Known {
  readonly at: number
  readonly keys: Promise<JWTVerifyGetKey>
  hasFailed: boolean
}

export function createIssuerKeys(fetch: IssuerFetch): IssuerKeys {
  const known = new Recent<Known>(1000)
  return (issuer) => {
    const last = known.get(issuer)
    const age = last && Date.now() - last.at
    if (last && age !== undefined && age < (last.hasFailed ? BACK_OFF : DISCOVERY_AGE))
      return last.keys
    const asked: Known = { at: Date.now(), keys: discover(issuer, fetch), hasFailed: false }
    asked.keys.catch(() => {
      asked.hasFailed = true
    })
    known.set(issuer, asked)
    return asked.keys
  }
}

async function discover(issuer: string, fetch: IssuerFetch): Promise<JWTVerifyGetKey> {
  try {
    const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
    const signal = AbortSignal.timeout(TIMEOUT)
    const found: unknown = await (await fetch(address, { signal })).json()
    const { issuer: named, jwks_uri } = (found ?? {}) as Readonly<Record<string, unknown>>
    if (named !== issuer) throw new IssuerError('the discovery document is of another issuer')
    return createRemoteJWKSet(new URL(String(jwks_uri)), {
      timeoutDuration: TIMEOUT,
      cooldownDuration: 30_000,
      [customFetch]: fetch,
    })
  } catch (error) {
    throw unreachable(error)
  }
}

export function unreachable(cause: unknown): Fault {
  const message = 'Could not retrieve the keys of the identity provider.'
  return Object.assign(new Fault('IDPCommunicationError', message, 400), { cause })
}
