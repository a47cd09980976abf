/**
 * The JSON shape of a policy, as AWS writes it.
 *
 * Source  IAM User Guide, "Grammar of the IAM JSON policy language"; specification 1.1.
 *
 * @module
 */

export type PolicyVersion = '2012-10-17' | '2008-10-17'
export type Effect = 'Allow' | 'Deny'

/** Where a policy is attached, and so which elements it may carry (specification 1.3). */
export type PolicyType =
  | 'identity'
  | 'resource'
  | 'trust'
  | 'boundary'
  | 'session'
  | 'endpoint'
  | 'scp'
  | 'rcp'

export type OneOrMany<T> = T | readonly T[]
export type ConditionValue = string | number | boolean

export type PrincipalKind = 'AWS' | 'Service' | 'Federated' | 'CanonicalUser'
export type PrincipalMap = { readonly [Kind in PrincipalKind]?: OneOrMany<string> }

/** Operator name → context key → wanted values. */
export type ConditionBlock = {
  readonly [operator: string]: { readonly [key: string]: OneOrMany<ConditionValue> }
}

export interface StatementDocument {
  readonly Sid?: string
  readonly Effect: Effect
  readonly Principal?: '*' | PrincipalMap
  readonly NotPrincipal?: '*' | PrincipalMap
  readonly Action?: OneOrMany<string>
  readonly NotAction?: OneOrMany<string>
  readonly Resource?: OneOrMany<string>
  readonly NotResource?: OneOrMany<string>
  readonly Condition?: ConditionBlock
}

export interface PolicyDocument {
  readonly $schema?: string
  readonly Version?: PolicyVersion
  readonly Id?: string
  readonly Statement: OneOrMany<StatementDocument>
}
