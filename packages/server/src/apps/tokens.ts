/**
 * Tokens that say who a caller is, for apps that know no signatures: a JWT of the calling session.
 *
 * Shape   `sub` is the principal's ARN; what an app needs to decide stands in claims that begin with `iamkit:`. A token for
 *         the control plane itself that was made with an access key names it, and ends with it.
 * Units   60 to 43,200 seconds, 3,600 where nothing is asked, and never longer than the session.
 * Errors  {@link Fault} `ValidationException` 400; `TypeError` from {@link issuerOf} for what is no address.
 * Source  RFC 7519; RFC 9068.
 *
 * @module
 */
import { randomUUID } from 'node:crypto'
import { SignJWT } from 'jose'
import type { Caller } from '../authenticate/caller.js'
import { managedDocument } from '../authorize/documents-of.js'
import type { Call } from '../operation.js'
import type { AccountView } from '../state/account-view.js'
import type { AppsOperations } from './operations.js'
import { refused } from './registered-service.js'
import type { TokenKeys } from './token-keys.js'

export interface TokenOptions {
  readonly keys: TokenKeys
  /** `iss`: the control plane's public URL. */
  readonly issuer: string
}

/** Where apps look for the keys. */
export function issuerOf(publicUrl = 'https://iamkit.localhost'): string {
  if (/^https?:\/\//.test(publicUrl) && URL.canParse(publicUrl)) return publicUrl
  throw new TypeError(`\`${publicUrl.slice(0, 64)}\` is no address such as https://iam.example.com`)
}

const HOUR = 3600
const LEAST = 60
const MOST = 43_200
const MAX_AUDIENCE = 255

export function tokens({ keys, issuer }: TokenOptions) {
  return {
    IssueToken: {
      mode: 'read',
      access: () => ({ resource: '*' }),
      run: async ({ audience, durationSeconds = HOUR }, { call, view }) => {
        if (!(durationSeconds >= LEAST && durationSeconds <= MOST)) {
          throw refused(`durationSeconds must be ${LEAST} to ${MOST}`)
        }
        if (audience === '' || audience.length > MAX_AUDIENCE) {
          throw refused(`audience must have 1 to ${MAX_AUDIENCE} characters`)
        }
        const issued = Math.floor(call.now.getTime() / 1000)
        const expires = endOf(call, issued + durationSeconds)
        const madeWith = audience === issuer ? keyOf(call.caller) : undefined
        const claims = {
          ...claimsOf(call.caller, view),
          ...(madeWith !== undefined && { 'iamkit:key': madeWith }),
        }
        const token = await new SignJWT(claims)
          .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: keys.signer.kid })
          .setIssuer(issuer)
          .setAudience(audience)
          .setIssuedAt(issued)
          .setExpirationTime(expires)
          .setJti(randomUUID())
          .sign(keys.signer.key)
        return { token, expires: new Date(expires * 1000) }
      },
    },
    GetKeys: {
      mode: 'read',
      access: 'none',
      run: () => ({
        cacheControl: 'public, max-age=300',
        keys: JSON.stringify(keys.published),
      }),
    },
  } satisfies Partial<AppsOperations>
}

/** Seconds since the epoch. */
function endOf({ caller: { session } }: Call, asked: number): number {
  return session ? Math.min(asked, Math.floor(Date.parse(session.expires) / 1000)) : asked
}

/** A token that was made by a token stands for the same key. */
function keyOf({ session, accessKeyId }: Caller): string | undefined {
  return session ? session.madeWith : accessKeyId
}

function claimsOf({ principal, account, tags, session, userId }: Caller, view: AccountView) {
  const policies = sessionPolicies(session, view)
  return {
    sub: 'arn' in principal ? principal.arn : '',
    'iamkit:account': account,
    'iamkit:user_id': userId,
    ...('roleArn' in principal && { 'iamkit:role': principal.roleArn }),
    ...('userArn' in principal && { 'iamkit:user': principal.userArn }),
    ...('id' in principal && { 'iamkit:id': principal.id }),
    ...(tags && { 'iamkit:tags': tags }),
    ...(policies && { 'iamkit:session_policies': policies }),
    ...(session && {
      'iamkit:session_issued': session.issued,
      'iamkit:source_identity': session.sourceIdentity,
      'iamkit:mfa': session.mfa !== undefined,
      'iamkit:provider': session.provider,
      'iamkit:federated_keys': session.federatedKeys,
    }),
  }
}

/** Those that are attached by ARN as what they say now: who has the token need look nothing up. */
function sessionPolicies(session: Caller['session'], view: AccountView) {
  if (!session?.policies && !session?.policyArns) return undefined
  const managed = (session.policyArns ?? []).map(
    (arn) => managedDocument(view, arn, 'session').text,
  )
  return [...(session.policies ?? []), ...managed]
}
