/**
 * A token's claims → who calls: account, name, role, tags, groups, session.
 *
 * Shape   {@link identityFrom} makes the `principal` function of `bearer` and `sharedSecret`. A claim that is
 *         there but cannot be what it should be makes the token one of nobody: to leave it out would lose
 *         a tag that a Deny may look for.
 * Errors  {@link IamOptionsError} (`ERR_IAM_OPTIONS_INVALID`) from {@link identityFrom}, at start-up.
 * Source  Specification 4.1 and 4.2; RFC 8176 (`amr`); IAM User Guide, "Pass session tags in AWS STS".
 *         `docs/compatibility.md` says where the keys of a second factor differ from AWS.
 *
 * @module
 */
import type { RequestPrincipal } from '@iamkit/core'
import { IamOptionsError } from '../errors.js'
import { checkKinds, type KindsOf } from '../option-kinds.js'
import type { Identity } from './identity.js'
import type { TokenClaims } from './token-options.js'

/** A claim, by its name; or a value that is the same for all. */
export type ClaimOr<T> = T | { readonly claim: string }

export interface ClaimMapping {
  /** The caller's account. */
  readonly account: ClaimOr<string>
  /** The claim with the caller's name. Absent: `sub`. */
  readonly name?: string
  /** The role that callers have a session of. Absent: they are users. */
  readonly role?: ClaimOr<string>
  /**
   * Tag keys and the claims with their values; or the one claim that has all tags, such as AWS's
   * `https://aws.amazon.com/tags`.
   */
  readonly tags?: Readonly<Record<string, string>> | string
  /** The claim with the names of a user's groups. */
  readonly groups?: string
  /** Values of `amr` or `acr` that stand for a second factor. Absent: `mfa`. */
  readonly secondFactor?: readonly string[]
  /** The claim with the source identity. */
  readonly sourceIdentity?: string
  /** Absent: `aws`. */
  readonly partition?: string
  /** Absent: the system's. */
  readonly clock?: () => Date
}

const KINDS: KindsOf<ClaimMapping> = {
  account: 'any',
  name: 'string',
  role: 'any',
  tags: 'any',
  groups: 'string',
  secondFactor: 'list',
  sourceIdentity: 'string',
  partition: 'string',
  clock: 'function',
}

const ACCOUNT = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/
/** What a name may hold beside letters and digits: nothing that an ARN or a pattern would read. */
const NAME = /^[\w+=,.@|~-]{1,64}$/

/**
 * Maps claims to a caller.
 *
 * @example
 * ```ts
 * identityFrom({ account: { claim: 'tenant' }, tags: { team: 'team' }, groups: 'groups' })
 * ```
 */
export function identityFrom(mapping: ClaimMapping): (claims: TokenClaims) => Identity | undefined {
  checkKinds('`identityFrom`', mapping, KINDS)
  const { account, role, tags } = mapping
  if (typeof account === 'string' ? !ACCOUNT.test(account) : !account?.claim) {
    throw new IamOptionsError('account', 'must be an account, or the claim that names one')
  }
  if (typeof role === 'object' ? !role?.claim : role !== undefined && !NAME.test(role)) {
    throw new IamOptionsError('role', 'must be the name of a role, or the claim that names one')
  }
  if (tags !== undefined && typeof tags !== 'string' && !isObject(tags)) {
    throw new IamOptionsError(
      'tags',
      'must be tag keys with their claims, such as `{ team: "team" }`',
    )
  }
  return (claims) => {
    const principal = principalOf(mapping, claims)
    const tags = tagsOf(mapping, claims)
    const groups = groupsOf(mapping, claims)
    if (!principal || !tags || !groups) return undefined
    return { principal, tags, groups, ...sessionOf(mapping, claims) }
  }
}

function principalOf(mapping: ClaimMapping, claims: TokenClaims): RequestPrincipal | undefined {
  const { partition = 'aws', role } = mapping
  const account = givenOr(mapping.account, claims)
  const name = textIn(claims[mapping.name ?? 'sub'])
  if (account === undefined || !ACCOUNT.test(account)) return undefined
  if (name === undefined || !NAME.test(name)) return undefined
  if (role === undefined) {
    return { type: 'user', account, arn: `arn:${partition}:iam::${account}:user/${name}` }
  }
  const roleName = givenOr(role, claims)
  if (roleName === undefined || !NAME.test(roleName)) return undefined
  return {
    type: 'role-session',
    account,
    arn: `arn:${partition}:sts::${account}:assumed-role/${roleName}/${name}`,
    roleArn: `arn:${partition}:iam::${account}:role/${roleName}`,
  }
}

function givenOr(given: ClaimOr<string>, claims: TokenClaims): string | undefined {
  return typeof given === 'string' ? given : textIn(claims[given.claim])
}

/** Text; or a number or boolean, or a list of one of them, as text. */
function textIn(value: unknown): string | undefined {
  const one: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value
  if (typeof one === 'number' || typeof one === 'boolean') return String(one)
  return typeof one === 'string' ? one : undefined
}

function tagsOf(
  { tags = {} }: ClaimMapping,
  claims: TokenClaims,
): ReadonlyMap<string, string> | undefined {
  const pairs = typeof tags === 'string' ? allTags(claims[tags]) : namedTags(tags, claims)
  if (pairs === undefined) return undefined
  const found = pairs.filter(([, value]) => !isNothing(value))
  const read = found.map(([key, value]) => [key, textIn(value)] as const)
  const isWhole = read.every((pair): pair is readonly [string, string] => pair[1] !== undefined)
  return isWhole ? new Map(read) : undefined
}

type Pairs = readonly (readonly [string, unknown])[]

function namedTags(tags: Readonly<Record<string, string>>, claims: TokenClaims): Pairs {
  return Object.entries(tags).map(([key, claim]) => [key, claims[claim]])
}

/** `{ "team": "eng" }`, or as AWS has it, `{ "principal_tags": { "team": ["eng"] } }`. */
function allTags(claim: unknown): Pairs | undefined {
  if (claim === undefined) return []
  const tags = isObject(claim) && isObject(claim.principal_tags) ? claim.principal_tags : claim
  return isObject(tags) ? Object.entries(tags) : undefined
}

function groupsOf({ groups }: ClaimMapping, claims: TokenClaims): readonly string[] | undefined {
  const found = groups === undefined ? undefined : claims[groups]
  if (isNothing(found)) return []
  const names: readonly unknown[] = [found].flat()
  return names.every((name) => typeof name === 'string') ? names : undefined
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0)
}

function sessionOf(mapping: ClaimMapping, claims: TokenClaims): Omit<Identity, 'principal'> {
  const { iat, iss, sub } = claims
  const sourceIdentity = mapping.sourceIdentity && textIn(claims[mapping.sourceIdentity])
  const multiFactorAuth = secondFactorOf(mapping, claims)
  return {
    userId: sub,
    ...(typeof iat === 'number' && { tokenIssueTime: new Date(iat * 1000) }),
    ...(iss !== undefined && { federatedProvider: iss }),
    ...(sourceIdentity && { sourceIdentity }),
    ...(multiFactorAuth && { multiFactorAuth }),
  }
}

/** Absent where the token says nothing of how the caller has signed in. */
function secondFactorOf(
  { secondFactor = ['mfa'], clock = () => new Date() }: ClaimMapping,
  { amr, acr, auth_time: signedInAt }: TokenClaims,
): Identity['multiFactorAuth'] {
  if (amr === undefined && acr === undefined) return undefined
  const methods: readonly unknown[] = [amr, acr].flat()
  if (!methods.some((method) => secondFactor.includes(String(method)))) return { present: false }
  if (typeof signedInAt !== 'number') return { present: true }
  const ageSeconds = Math.max(0, Math.floor(clock().getTime() / 1000 - signedInAt))
  return { present: true, ageSeconds }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
