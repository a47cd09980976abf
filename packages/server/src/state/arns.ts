/**
 * The ARNs of what an account is made of.
 *
 * Shape   `arn:aws:iam::<account>:user<path><name>`, and so on; a path begins and ends with `/`.
 * Errors  None.
 * Source  IAM User Guide, "IAM identifiers".
 *
 * @module
 */

/** Whose ARN it is: an `AccountView` is one. */
export interface Owner {
  /** Twelve digits. */
  readonly account: string
}

interface Pathed {
  readonly path: string
  readonly name: string
}

export function rootArn(owner: Owner): string {
  return iamArn(owner, 'root')
}

export function userArn(owner: Owner, { path, name }: Pathed): string {
  return iamArn(owner, `user${path}${name}`)
}

export function groupArn(owner: Owner, { path, name }: Pathed): string {
  return iamArn(owner, `group${path}${name}`)
}

export function roleArn(owner: Owner, { path, name }: Pathed): string {
  return iamArn(owner, `role${path}${name}`)
}

export function policyArn(owner: Owner, { path, name }: Pathed): string {
  return iamArn(owner, `policy${path}${name}`)
}

export function instanceProfileArn(owner: Owner, { path, name }: Pathed): string {
  return iamArn(owner, `instance-profile${path}${name}`)
}

/** @param id the URL without `https://` */
export function oidcProviderArn(owner: Owner, id: string): string {
  return iamArn(owner, `oidc-provider/${id}`)
}

export function samlProviderArn(owner: Owner, name: string): string {
  return iamArn(owner, `saml-provider/${name}`)
}

/** A virtual device's serial number. */
export function mfaDeviceArn(owner: Owner, { path, name }: Pathed): string {
  return iamArn(owner, `mfa${path}${name}`)
}

/** A session's ARN lacks the role's path. */
export function assumedRoleArn(owner: Owner, role: string, session: string): string {
  return stsArn(owner, `assumed-role/${role}/${session}`)
}

export function federatedUserArn(owner: Owner, name: string): string {
  return stsArn(owner, `federated-user/${name}`)
}

function iamArn({ account }: Owner, resource: string): string {
  return `arn:aws:iam::${account}:${resource}`
}

function stsArn({ account }: Owner, resource: string): string {
  return `arn:aws:sts::${account}:${resource}`
}
