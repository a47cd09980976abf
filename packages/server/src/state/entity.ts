/**
 * What an account is made of, as plain and frozen records.
 *
 * Shape   one interface a kind. `id` is unique in its account and kind, and never changes; names may.
 *         One record refers to another by id, or by ARN where it is a managed policy.
 *         Times are ISO-8601 text in UTC; documents are the exact text that was sent.
 * Errors  None.
 * Source  IAM API reference, data types.
 *
 * @module
 */

export interface TagEntry {
  readonly Key: string
  readonly Value: string
}

/** Inline policies by name, each with its exact text. */
export type InlinePolicies = Readonly<Record<string, string>>

interface Created {
  readonly id: string
  readonly createDate: string
}

interface Named extends Created {
  readonly name: string
  /** Begins and ends with `/`. */
  readonly path: string
}

/** What carries policies. */
interface Bearer extends Named {
  /** ARNs of managed policies, in the order in which they were attached. */
  readonly attached: readonly string[]
  readonly inline: InlinePolicies
}

/** The one record of an account about itself; its id is the account's number. */
export interface AccountEntity extends Created {
  readonly alias?: string
  readonly passwordPolicy?: Readonly<Record<string, number | boolean>>
}

export interface LoginProfile {
  /** An scrypt hash with its parameters and salt, never the password. */
  readonly hash: string
  readonly createDate: string
  /** When the password was set anew. Absent: never. */
  readonly changeDate?: string
  readonly resetRequired: boolean
}

export interface UserEntity extends Bearer {
  readonly tags: readonly TagEntry[]
  /** Ids of groups. */
  readonly groups: readonly string[]
  readonly boundary?: string
  readonly login?: LoginProfile
}

export interface GroupEntity extends Bearer {}

export interface RoleEntity extends Bearer {
  readonly tags: readonly TagEntry[]
  readonly description?: string
  /** Seconds. */
  readonly maxSessionDuration: number
  /** As it was sent; `iam/trust.ts` says what it means today. */
  readonly trust: string
  /** The users and roles that `trust` names, by ARN: the ids that they had when it was saved. */
  readonly trustIds?: Readonly<Record<string, string>>
  readonly boundary?: string
}

export interface PolicyVersionEntry {
  readonly id: string
  readonly document: string
  readonly createDate: string
}

/** A customer managed policy. */
export interface PolicyEntity extends Named {
  readonly description?: string
  readonly tags: readonly TagEntry[]
  readonly updateDate: string
  readonly versions: readonly PolicyVersionEntry[]
  readonly defaultVersion: string
  /** The number that the next version gets: numbers are never used twice. */
  readonly nextVersion: number
}

export interface AccessKeyEntity extends Created {
  /** Id of the user; absent: the account's root. */
  readonly user?: string
  readonly status: 'Active' | 'Inactive'
  /** Sealed by the vault. */
  readonly secret: string
}

export interface InstanceProfileEntity extends Named {
  readonly tags: readonly TagEntry[]
  /** Ids of roles; AWS allows one. */
  readonly roles: readonly string[]
}

/** Its id is the URL without `https://`, as in its ARN. */
export interface OidcProviderEntity extends Created {
  readonly clientIds: readonly string[]
  readonly thumbprints: readonly string[]
  readonly tags: readonly TagEntry[]
}

/** Its id is its name, as in its ARN. */
export interface SamlProviderEntity extends Created {
  readonly metadata: string
  readonly validUntil?: string
  readonly tags: readonly TagEntry[]
}

/** Its id is its serial number, an ARN. */
export interface MfaDeviceEntity extends Created {
  /** Id of the user that it is enabled for. */
  readonly user?: string
  readonly enableDate?: string
  /** Sealed by the vault. */
  readonly seed: string
  readonly tags: readonly TagEntry[]
  /** The last time step that was accepted: a code is good once. */
  readonly usedStep?: number
}

/** When a key or a role was used last; its id is theirs. Written in batches. */
export interface LastUsedEntity {
  readonly id: string
  readonly date: string
  readonly service: string
  readonly region: string
}

/** An app's service as it was registered; its id is the prefix. */
export interface ServiceEntity extends Created {
  /** What `defineService` was given. */
  readonly definition: Readonly<Record<string, unknown>>
}

/** An app's resource: its tags and its policy; its id is its ARN. */
export interface ResourceEntity extends Created {
  readonly tags: readonly TagEntry[]
  /** As it was sent; `apps/resource-policy.ts` says what it means today. */
  readonly policy?: string
  /** The users and roles that `policy` names, by ARN: the ids that they had when it was saved. */
  readonly policyIds?: Readonly<Record<string, string>>
}

export interface Entities {
  readonly account: AccountEntity
  readonly user: UserEntity
  readonly group: GroupEntity
  readonly role: RoleEntity
  readonly policy: PolicyEntity
  readonly 'access-key': AccessKeyEntity
  readonly 'instance-profile': InstanceProfileEntity
  readonly 'oidc-provider': OidcProviderEntity
  readonly 'saml-provider': SamlProviderEntity
  readonly 'mfa-device': MfaDeviceEntity
  readonly 'last-used': LastUsedEntity
  readonly service: ServiceEntity
  readonly resource: ResourceEntity
}

export type Kind = keyof Entities

/** The kinds that are also found by name, whatever its case. */
export type NamedKind = 'user' | 'group' | 'role' | 'policy' | 'instance-profile'
