/**
 * An OpenID Connect token → what it proves.
 *
 * Errors  {@link Fault} `InvalidIdentityToken`, `ExpiredTokenException` and `IDPCommunicationError`, 400.
 * Source  STS API reference, AssumeRoleWithWebIdentity; IAM User Guide, "Pass session tags in AWS STS".
 *
 * @module
 */
import { decodeJwt, errors, type JWTPayload, jwtVerify } from 'jose'
import { Fault, invalid } from '../fault.js'
import type { AccountView } from '../state/account-view.js'
import type { OidcProviderEntity } from '../state/entity.js'
import { type IssuerKeys, unreachable } from './issuer-keys.js'

export interface WebIdentity {
  readonly provider: OidcProviderEntity
  readonly issuer: string
  readonly subject: string
  readonly audience: string
  /** The condition keys that stay with the session. */
  readonly keys: Readonly<Record<string, string | readonly string[]>>
  readonly claims: JWTPayload
}

const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
]
const REQUIRED = ['iss', 'sub', 'aud', 'exp', 'iat']

/** @param view the role's account, where the provider must be registered */
export async function verifyWebIdentity(
  token: string,
  view: AccountView | undefined,
  { keysOf, now }: { readonly keysOf: IssuerKeys; readonly now: Date },
): Promise<WebIdentity> {
  const issuer = issuerOf(token)
  const provider = view?.get('oidc-provider', issuer.replace(/^https?:\/\//, ''))
  if (!provider) {
    throw untrusted(`No OpenIDConnect provider found in your account for ${issuer.slice(0, 255)}`)
  }
  const claims = await verified(token, issuer, { keysOf, now })
  const audience = audienceIn(claims, provider)
  const subject = subjectIn(claims)
  return {
    provider,
    issuer,
    subject,
    audience,
    keys: keysIn(claims, { id: provider.id, subject, audience }),
    claims,
  }
}

function issuerOf(token: string): string {
  try {
    const { iss } = decodeJwt(token)
    if (typeof iss === 'string' && /^https?:\/\//.test(iss)) return iss
  } catch {}
  throw untrusted(
    'The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)',
  )
}

async function verified(
  token: string,
  issuer: string,
  { keysOf, now }: { readonly keysOf: IssuerKeys; readonly now: Date },
): Promise<JWTPayload> {
  const keys = await keysOf(issuer)
  try {
    const options = { issuer, algorithms: ALGORITHMS, requiredClaims: REQUIRED, currentDate: now }
    const { payload } = await jwtVerify(token, keys, options)
    return payload
  } catch (error) {
    throw faultOf(error)
  }
}

function faultOf(error: unknown): Fault {
  if (!(error instanceof errors.JOSEError)) return unreachable(error)
  switch (error.code) {
    case 'ERR_JWT_EXPIRED':
      return new Fault(
        'ExpiredTokenException',
        'Token expired: current date/time must be before the expiration date/time',
        400,
      )
    case 'ERR_JOSE_GENERIC':
    case 'ERR_JWKS_TIMEOUT':
    case 'ERR_JWKS_INVALID':
      return unreachable(error)
    case 'ERR_JWKS_NO_MATCHING_KEY':
      return untrusted(
        "Couldn't retrieve verification key from your identity provider, please reference AssumeRoleWithWebIdentity documentation for requirements",
      )
    default:
      return untrusted(
        `The web identity token that was passed could not be validated: ${error.code}`,
      )
  }
}

/** `azp`, where a token has it, says for whom it was made; else `aud`. */
function audienceIn({ aud, azp }: JWTPayload, { clientIds }: OidcProviderEntity): string {
  const meant: readonly unknown[] = azp === undefined ? [aud].flat() : [azp]
  const known = meant.find((one) => clientIds.includes(one as string))
  if (typeof known === 'string') return known
  throw untrusted('Incorrect token audience')
}

/** A provider may put anything there: a list would meet conditions that its parts meet. */
function subjectIn({ sub }: Readonly<Record<string, unknown>>): string {
  if (typeof sub === 'string' && sub !== '') return sub
  throw untrusted('The token must have one text for sub')
}

function keysIn(
  { amr }: JWTPayload,
  {
    id,
    subject,
    audience,
  }: { readonly id: string; readonly subject: string; readonly audience: string },
) {
  const methods = Array.isArray(amr) ? amr.filter((one) => typeof one === 'string') : []
  return {
    [`${id}:sub`]: subject,
    [`${id}:aud`]: audience,
    ...(methods.length > 0 && { [`${id}:amr`]: methods }),
  }
}

function untrusted(message: string): Fault {
  return new Fault('InvalidIdentityToken', message, 400)
}

const TAGS = 'https://aws.amazon.com/tags'
const SOURCE_IDENTITY = 'https://aws.amazon.com/source_identity'

/** Session tags that the provider vouches for: one object, or a claim for each. */
export function tagsIn(claims: JWTPayload) {
  const { principal_tags = {}, transitive_tag_keys = [] } = recordOf(claims[TAGS])
  const flat = Object.entries(claims).flatMap(([claim, value]) => {
    const prefix = `${TAGS}/principal_tags/`
    return claim.startsWith(prefix) ? [[claim.slice(prefix.length), value] as const] : []
  })
  const tags = [...Object.entries(recordOf(principal_tags)), ...flat]
  return {
    Tags: tags.map(([Key, values]) => ({ Key, Value: onlyText(values, Key) })),
    TransitiveTagKeys: textList(claims[`${TAGS}/transitive_tag_keys`] ?? transitive_tag_keys),
  }
}

export function sourceIdentityIn(claims: JWTPayload): string | undefined {
  const value = claims[SOURCE_IDENTITY]
  if (value === undefined) return undefined
  const text = onlyText(value, 'source_identity')
  if (!/^[\w+=,.@-]{2,64}$/.test(text))
    throw invalid('The source identity of the token is not valid')
  return text
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  if (value === undefined) return {}
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  throw untrusted('The session tags of the token are not well formed')
}

function onlyText(value: unknown, name: string): string {
  const [text, ...more] = [value].flat()
  if (typeof text === 'string' && more.length === 0) return text
  throw untrusted(`The token must have one value for ${name.slice(0, 128)}`)
}

function textList(value: unknown): readonly string[] {
  const list = [value ?? []].flat()
  if (list.every((one) => typeof one === 'string')) return list
  throw untrusted('The transitive tag keys of the token are not well formed')
}
