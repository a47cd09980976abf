/**
 * The caller of a request.
 *
 * Shape   a union by `type`; what each type has is the table of specification 4.1.
 * Errors  None.
 * Source  Specification 4.1.
 *
 * @module
 */

interface InAccount {
  /** Twelve digits, or an application's own account name. */
  readonly account: string
  /** The ARN that makes the request, as logs show it. */
  readonly arn: string
  /** True where `account` is its organization's management account, which SCPs do not touch. */
  readonly managementAccount?: boolean
}

export interface RootPrincipal extends InAccount {
  readonly type: 'root'
}

export interface UserPrincipal extends InAccount {
  readonly type: 'user'
  /** The unique id (`AIDA…`); policies whose principals were bound to ids compare it. */
  readonly id?: string
}

/** A session of a role, however it was made: assumed, web identity or SAML. */
export interface RoleSessionPrincipal extends InAccount {
  readonly type: 'role-session'
  /** The role itself, path included. It cannot be told from the session's ARN. */
  readonly roleArn: string
  /** The role's unique id (`AROA…`). */
  readonly id?: string
  /** True for a role that a service owns, which SCPs and RCPs do not touch. */
  readonly serviceLinkedRole?: boolean
}

export interface FederatedUserPrincipal extends InAccount {
  readonly type: 'federated-user'
  /** The user (or root) who federated. */
  readonly userArn: string
}

/** A service that calls in its own name. */
export interface ServicePrincipal {
  readonly type: 'service'
  /** Such as `backup.amazonaws.com`. */
  readonly service: string
}

/** The unsigned caller of AssumeRoleWithWebIdentity or AssumeRoleWithSAML. */
export interface FederatedCallerPrincipal {
  readonly type: 'federated-caller'
  /** The provider's ARN or domain, as a trust policy names it. */
  readonly provider: string
}

export interface AnonymousPrincipal {
  readonly type: 'anonymous'
}

/** The callers that belong to an account and have an ARN. */
export type AccountPrincipal =
  | RootPrincipal
  | UserPrincipal
  | RoleSessionPrincipal
  | FederatedUserPrincipal

export type RequestPrincipal =
  | AccountPrincipal
  | ServicePrincipal
  | FederatedCallerPrincipal
  | AnonymousPrincipal

/** Told by its type alone: an ARN that strays onto an anonymous caller names nobody. */
export function isInAccount(principal: RequestPrincipal): principal is AccountPrincipal {
  const { type } = principal
  return type === 'user' || type === 'role-session' || type === 'federated-user' || type === 'root'
}

/** Whether a caller of this type has identity policies and a boundary: root and callers without an account have none. */
export function carriesPolicies({ type }: RequestPrincipal): boolean {
  return type === 'user' || type === 'role-session' || type === 'federated-user'
}
