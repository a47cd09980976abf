/**
 * The context keys that say who calls.
 *
 * Errors  {@link RequestError} (`ERR_REQUEST_INVALID`) where a tag is impossible.
 * Source  Specification 4.2 and 4.3.
 *
 * @module
 */
import type { ContextEntries } from './context.js'
import type { RequestPrincipal } from './principal.js'
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

/** The identity keys of a caller, ready to be merged into a context, after what the caller supplied. */
export function principalEntries(
  principal: RequestPrincipal,
  attributes: PrincipalAttributes = {},
): ContextEntries {
  const { tags, multiFactorAuth, organization } = attributes
  return {
    ...ABSENT,
    ...(tags && principalTagEntries(tags)),
    'aws:userid': userIdOf(principal) ?? attributes.userId,
    'aws:TokenIssueTime': attributes.tokenIssueTime,
    'aws:MultiFactorAuthPresent': multiFactorAuth?.present,
    'aws:MultiFactorAuthAge': multiFactorAuth?.present ? multiFactorAuth.ageSeconds : undefined,
    'aws:SourceIdentity': attributes.sourceIdentity,
    'aws:FederatedProvider': attributes.federatedProvider,
    'aws:PrincipalOrgID': organization?.id,
    'aws:PrincipalOrgPaths': organization?.paths,
    ...identityOf(principal),
  }
}

/** Said even where a caller has them not, so that what came with a request cannot fill them in. */
const ABSENT: ContextEntries = {
  'aws:PrincipalArn': undefined,
  'aws:PrincipalAccount': undefined,
  'aws:PrincipalType': undefined,
  'aws:PrincipalIsAWSService': undefined,
  'aws:PrincipalServiceName': undefined,
  'aws:username': undefined,
}

/** Two kinds of caller have no unique id of their own. */
function userIdOf(principal: RequestPrincipal): string | undefined {
  if (principal.type === 'anonymous') return 'anonymous'
  return principal.type === 'root' ? principal.account : undefined
}

function identityOf(principal: RequestPrincipal): ContextEntries {
  switch (principal.type) {
    case 'root':
      return inAccount('Account', principal.account, principal.arn)
    case 'user':
      return {
        ...inAccount('User', principal.account, principal.arn),
        'aws:username': principal.arn.slice(principal.arn.lastIndexOf('/') + 1),
      }
    case 'role-session':
      return inAccount('AssumedRole', principal.account, principal.roleArn)
    case 'federated-user':
      return inAccount('FederatedUser', principal.account, principal.arn)
    case 'service':
      return { 'aws:PrincipalIsAWSService': true, 'aws:PrincipalServiceName': principal.service }
    case 'anonymous':
      return { 'aws:PrincipalAccount': 'anonymous', 'aws:PrincipalType': 'Anonymous' }
    case 'federated-caller':
      return { 'aws:FederatedProvider': principal.provider }
  }
}

function inAccount(type: string, account: string, arn: string): ContextEntries {
  return {
    'aws:PrincipalArn': arn,
    'aws:PrincipalAccount': account,
    'aws:PrincipalType': type,
    'aws:PrincipalIsAWSService': false,
  }
}
