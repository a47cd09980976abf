/**
 * A token that this control plane issued for itself → its caller.
 *
 * Shape   only tokens whose audience is the control plane: one that an app was given is not taken here. Whose it is and, of
 *         one that was made with an access key, whether that may still be used is looked up each time.
 * Errors  {@link Fault} `ExpiredTokenException`, `UnrecognizedClientException`, 403.
 * Source  RFC 6750; RFC 8725; RFC 9068, section 4.
 *
 * @module
 */
import { errors, type JWTPayload, jwtVerify } from 'jose'
import type { Caller, Session } from '../authenticate/caller.js'
import { sessionCaller } from '../authenticate/who.js'
import { Fault } from '../fault.js'
import type { World } from '../state/world.js'
import type { TokenOptions } from './tokens.js'

export interface BearerOptions extends TokenOptions {
  readonly world: World
}

/** Says whose token it is. */
export type ReadBearer = (token: string, now: Date) => Promise<Caller>

export function createBearer({ keys, issuer, world }: BearerOptions): ReadBearer {
  return async (token, now) => {
    const claims = await verified(token, { keys, issuer }, now)
    const session = sessionIn(claims)
    const caller = session && sessionCaller(session, world)
    if (caller) return caller
    throw unrecognized()
  }
}

async function verified(
  token: string,
  { keys, issuer }: TokenOptions,
  now: Date,
): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, keys.verifier, {
      issuer,
      audience: issuer,
      algorithms: ['EdDSA'],
      typ: 'at+jwt',
      requiredClaims: ['sub', 'exp', 'iat', 'jti'],
      currentDate: now,
    })
    return payload
  } catch (error) {
    if (error instanceof errors.JWTExpired) {
      throw new Fault(
        'ExpiredTokenException',
        'The security token included in the request is expired',
        403,
      )
    }
    if (error instanceof errors.JOSEError) throw unrecognized()
    throw error
  }
}

/** What the token says was true of a session when it was issued; the session's end is the token's. */
function sessionIn(claims: JWTPayload): Session | undefined {
  const account = textIn(claims, 'iamkit:account')
  const kind = kindOf(claims)
  if (account === undefined || kind === undefined) return undefined
  const madeWith = textIn(claims, 'iamkit:key')
  const sessionIssued = textIn(claims, 'iamkit:session_issued')
  if (madeWith === undefined && sessionIssued === undefined) return undefined
  const issued = sessionIssued ?? isoTime(claims.iat)
  const subject = textIn(claims, 'iamkit:id')
  const policies = claims['iamkit:session_policies']
  const sourceIdentity = textIn(claims, 'iamkit:source_identity')
  const provider = textIn(claims, 'iamkit:provider')
  const federatedKeys = claims['iamkit:federated_keys'] as Session['federatedKeys']
  const name = claims.sub?.split('/').at(-1)
  return {
    account,
    kind,
    accessKeyId: String(claims.jti),
    secretAccessKey: '',
    issued,
    expires: isoTime(claims.exp),
    ...(subject !== undefined && { subject }),
    ...(madeWith !== undefined && { madeWith }),
    ...(kind === 'role' && name !== undefined && { name, tags: tagsIn(claims) }),
    ...(Array.isArray(policies) && { policies: policies.map(String) }),
    ...(sourceIdentity !== undefined && { sourceIdentity }),
    ...(claims['iamkit:mfa'] === true && { mfa: issued }),
    ...(provider !== undefined && { provider }),
    ...(federatedKeys && { federatedKeys }),
  }
}

/** A federated user may not use the service of apps by a token: of it nobody knows who federated. */
function kindOf({ sub = '' }: JWTPayload): Session['kind'] | undefined {
  const [, , service, , , resource = ''] = sub.split(':')
  if (service === 'sts' && resource.startsWith('assumed-role/')) return 'role'
  if (service !== 'iam') return undefined
  return resource === 'root' ? 'root' : 'user'
}

function textIn(claims: JWTPayload, name: string): string | undefined {
  const value = claims[name]
  return typeof value === 'string' ? value : undefined
}

function tagsIn(claims: JWTPayload): Readonly<Record<string, string>> {
  return (claims['iamkit:tags'] ?? {}) as Readonly<Record<string, string>>
}

function isoTime(seconds: number | undefined): string {
  return new Date((seconds ?? 0) * 1000).toISOString()
}

function unrecognized(): Fault {
  const message = 'The security token included in the request is invalid.'
  return new Fault('UnrecognizedClientException', message, 403)
}
