/**
 * The claims of a token that the control plane issued → who calls, for `bearer` of `@iamkit/http/bearer`.
 *
 * Shape   `sub` is an ARN; what it says, the claims that begin with `iamkit:` must say too. A token with a claim that cannot
 *         be what it should be is one of nobody: to leave it out could lose what a Deny looks for.
 * Errors  None: who cannot be known is `undefined`, which `bearer` answers with 401.
 * Source  Specification 4.1 and 4.2; the control plane's operation IssueToken.
 *
 * @module
 */
import {
  type Arn,
  type ContextEntries,
  type PrincipalAttributes,
  parseArn,
  type RequestPrincipal,
} from '@iamkit/core'

/** What `bearer` takes for a caller. */
export interface SessionIdentity extends PrincipalAttributes {
  readonly principal: RequestPrincipal
  /** The texts of the policies that the session was made with. */
  readonly sessionPolicies?: readonly string[]
  /** What the identity provider vouched for when the session was made. */
  readonly providerKeys?: ContextEntries
}

/** Verified before: signature, issuer, audience and times. */
export type SessionClaims = Readonly<Record<string, unknown>>

/**
 * Reads who calls out of a verified token.
 *
 * @example
 * ```ts
 * bearer({
 *   issuer: 'https://iam.example.com',
 *   audience: 'documents',
 *   algorithms: ['EdDSA'],
 *   keys: 'https://iam.example.com/.well-known/jwks.json',
 *   type: 'at+jwt',
 *   principal: sessionIdentity,
 * })
 * ```
 */
export function sessionIdentity(claims: SessionClaims): SessionIdentity | undefined {
  const principal = principalIn(claims)
  const attributes = attributesIn(claims)
  if (!principal || !attributes) return undefined
  const isSession = principal.type === 'role-session' || principal.type === 'federated-user'
  if (attributes.sessionPolicies && !isSession) return undefined
  return { principal, ...attributes }
}

const ACCOUNT = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/
const UNIQUE_ID = /^[A-Z0-9]{16,128}$/

function principalIn(claims: SessionClaims): RequestPrincipal | undefined {
  const { sub } = claims
  const account = claims['iamkit:account']
  const arn = arnIn(sub)
  if (!arn || typeof account !== 'string' || !ACCOUNT.test(account)) return undefined
  if (arn.account !== account || arn.region !== '') return undefined
  const known = { account, arn: sub as string }
  const [kind, ...name] = arn.resource.split('/')
  if (name.some((part) => part === '')) return undefined
  switch (`${arn.service} ${kind}`) {
    case 'iam root':
      return name.length === 0 ? { type: 'root', ...known } : undefined
    case 'iam user':
      return userOf(claims, { known, name })
    case 'sts assumed-role':
      return sessionOf(claims, { known, name, arn })
    case 'sts federated-user':
      return federatedOf(claims, { known, name, arn })
    default:
      return undefined
  }
}

interface Named {
  readonly known: { readonly account: string; readonly arn: string }
  /** What follows the kind, part by part. */
  readonly name: readonly string[]
}

function userOf(claims: SessionClaims, { known, name }: Named): RequestPrincipal | undefined {
  const id = idIn(claims)
  return id !== undefined && name.length > 0 ? { type: 'user', ...known, id } : undefined
}

/** The session's ARN names its role without the path, so the role is told beside it. */
function sessionOf(
  claims: SessionClaims,
  { known, name, arn }: Named & { readonly arn: Arn },
): RequestPrincipal | undefined {
  const id = idIn(claims)
  const roleArn = claims['iamkit:role']
  const role = ownerIn(roleArn, arn)
  const [kind, ...path] = role?.resource.split('/') ?? []
  const isSame = kind === 'role' && name.length === 2 && path.at(-1) === name[0]
  if (id === undefined || !isSame) return undefined
  return { type: 'role-session', ...known, roleArn: roleArn as string, id }
}

function federatedOf(
  claims: SessionClaims,
  { known, name, arn }: Named & { readonly arn: Arn },
): RequestPrincipal | undefined {
  const userArn = claims['iamkit:user']
  const owner = ownerIn(userArn, arn)?.resource
  const isOwner = owner === 'root' || owner?.startsWith('user/')
  if (!isOwner || name.length !== 1) return undefined
  return { type: 'federated-user', ...known, userArn: userArn as string }
}

/** A role or a user of the same account and partition. */
function ownerIn(text: unknown, session: Arn): Arn | undefined {
  const arn = arnIn(text)
  const isHere = arn?.account === session.account && arn.partition === session.partition
  return isHere && arn.service === 'iam' && arn.region === '' ? arn : undefined
}

function arnIn(text: unknown): Arn | undefined {
  if (typeof text !== 'string') return undefined
  try {
    return parseArn(text)
  } catch {
    return undefined
  }
}

function idIn(claims: SessionClaims): string | undefined {
  const id = claims['iamkit:id']
  return typeof id === 'string' && UNIQUE_ID.test(id) ? id : undefined
}

type Attributes = Omit<SessionIdentity, 'principal'>

/** Undefined where a claim is odd. */
function attributesIn(claims: SessionClaims): Attributes | undefined {
  const claim = (name: string, isSound: (value: unknown) => boolean) => {
    const value = claims[`iamkit:${name}`]
    if (value !== undefined && !isSound(value)) odd.push(name)
    return value
  }
  const odd: string[] = []
  const tags = claim('tags', isTextRecord)
  const userId = claim('user_id', isText)
  const policies = claim('session_policies', isTextList)
  const issued = claim('session_issued', isTime)
  const sourceIdentity = claim('source_identity', isText)
  const mfa = claim('mfa', (value) => typeof value === 'boolean')
  const provider = claim('provider', isText)
  const providerKeys = claim('federated_keys', isKeyRecord)
  if (odd.length > 0) return undefined
  return {
    ...defined({ tags, userId, sourceIdentity, sessionPolicies: policies, providerKeys }),
    ...(issued !== undefined && { tokenIssueTime: new Date(issued as string) }),
    // Sessions of another provider do not say how their bearer signed in, and of SAML's the provider is no key.
    ...(typeof mfa === 'boolean' &&
      provider === undefined && { multiFactorAuth: { present: mfa } }),
    ...(isOidcProvider(provider) && { federatedProvider: provider }),
  } as Attributes
}

function isOidcProvider(provider: unknown): boolean {
  return typeof provider === 'string' && !provider.includes(':saml-provider/')
}

function defined(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

/** An empty list would be a session that has policies and says none. */
function isTextList(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every(isText)
}

function isTime(value: unknown): boolean {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value))
}

function isTextRecord(value: unknown): boolean {
  return isRecord(value) && Object.values(value).every((one) => typeof one === 'string')
}

function isKeyRecord(value: unknown): boolean {
  const isValue = (one: unknown) => typeof one === 'string' || isTextList(one)
  return (
    isRecord(value) &&
    Object.entries(value).every(([key, one]) => !/^aws:/i.test(key) && isValue(one))
  )
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
