/**
 * The context keys that say who calls.
 *
 * Errors  {@link RequestError} (`ERR_REQUEST_INVALID`) where a tag is impossible.
 * Source  Specification 4.2 and 4.3.
 *
 * @module
 */
import type { ContextEntries } from './context.js'
import { isInAccount, type RequestPrincipal } from './principal.js'
import { principalTagEntries, type Tags } from './tag-keys.js'

/** What is known of a caller besides its name. Every field is a fact that the server established. */
export interface PrincipalAttributes {
  /** Tags of the user or role; session tags override those of the same key. */
  readonly tags?: Tags | undefined
  /** `aws:userid`: `AIDA…`, or `AROA…:session-name`. */
  readonly userId?: string | undefined
  /** When temporary credentials were issued. */
  readonly tokenIssueTime?: Date | undefined
  /** Absent for long-term keys and federated identities, where the keys are absent too. */
  readonly multiFactorAuth?: { readonly present: boolean; readonly ageSeconds?: number } | undefined
  readonly sourceIdentity?: string | undefined
  /** The provider through which the session was made. */
  readonly federatedProvider?: string | undefined
  readonly organization?: { readonly id: string; readonly paths: readonly string[] } | undefined
}

/** How `aws:PrincipalType` names the callers that have one. */
const TYPES: { readonly [Type in RequestPrincipal['type']]?: string } = {
  root: 'Account',
  user: 'User',
  'role-session': 'AssumedRole',
  'federated-user': 'FederatedUser',
  anonymous: 'Anonymous',
}

/** The identity keys of a caller, ready to be merged into a context, after what the caller supplied. */
export function principalEntries(
  principal: RequestPrincipal,
  attributes: PrincipalAttributes = {},
): ContextEntries {
  const entries = callerEntries(principal, attributes)
  const { tags } = attributes
  return tags ? Object.assign(entries, principalTagEntries(tags)) : entries
}

/**
 * The identity keys of a caller but those of its tags, for adapters that look tags up one by one. Every key is said
 * even where a caller has it not, so that what came with a request cannot fill it in; and in one literal, because
 * copying objects into one another costs microseconds.
 */
export function callerEntries(
  principal: RequestPrincipal,
  attributes: Omit<PrincipalAttributes, 'tags'>,
): ContextEntries {
  const { type } = principal
  const { multiFactorAuth, organization } = attributes
  const own = isInAccount(principal) ? principal : undefined
  const anonymous = type === 'anonymous' ? 'anonymous' : undefined
  const service = type === 'service' ? principal.service : undefined
  const provider = type === 'federated-caller' ? principal.provider : attributes.federatedProvider
  return {
    'aws:PrincipalArn': type === 'role-session' ? principal.roleArn : own?.arn,
    'aws:PrincipalAccount': own?.account ?? anonymous,
    'aws:PrincipalType': TYPES[type],
    'aws:PrincipalIsAWSService': own ? false : type === 'service' || undefined,
    'aws:PrincipalServiceName': service,
    'aws:username': type === 'user' ? afterSlash(principal.arn) : undefined,
    'aws:userid': anonymous ?? (type === 'root' ? principal.account : attributes.userId),
    'aws:TokenIssueTime': attributes.tokenIssueTime,
    'aws:MultiFactorAuthPresent': multiFactorAuth?.present,
    'aws:MultiFactorAuthAge': multiFactorAuth?.present ? multiFactorAuth.ageSeconds : undefined,
    'aws:SourceIdentity': attributes.sourceIdentity,
    // of OpenID Connect alone
    'aws:FederatedProvider': provider?.includes(':saml-provider/') ? undefined : provider,
    'aws:PrincipalOrgID': organization?.id,
    'aws:PrincipalOrgPaths': organization?.paths,
  }
}

function afterSlash(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1)
}
