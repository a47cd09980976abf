/**
 * A managed policy of either owner, found by its ARN: the account's own or a built-in one.
 *
 * Errors  {@link Fault} `NoSuchEntity`, `ValidationError` for what is no ARN, `AccessDenied` where only the account's
 *         own will do.
 * Source  Answers of AWS's AttachRolePolicy and DeletePolicy as LocalStack's tests record them.
 *
 * @module
 */
import { type ContextEntries, parseArn } from '@iamkit/core'
import {
  findManagedPolicy,
  listManagedPolicies,
  type ManagedPolicy,
} from '../authorize/managed-policies.js'
import { Fault, invalid, missing } from '../fault.js'
import type { Access } from '../operation.js'
import type { AccountView } from '../state/account-view.js'
import { policyArn } from '../state/arns.js'
import type { PolicyEntity, PolicyVersionEntry, TagEntry } from '../state/entity.js'
import { resourceTagKeys } from './tags.js'

export interface FoundPolicy {
  readonly arn: string
  readonly id: string
  readonly name: string
  readonly path: string
  readonly description?: string
  readonly createDate: string
  readonly updateDate: string
  readonly defaultVersion: string
  /** Oldest first. */
  readonly versions: readonly PolicyVersionEntry[]
  readonly tags: readonly TagEntry[]
  /** Absent: the policy is a built-in one. */
  readonly own?: PolicyEntity
}

export function ownPolicy(view: AccountView, policy: PolicyEntity): FoundPolicy {
  return { ...policy, arn: policyArn(view, policy), own: policy }
}

function builtInPolicy(policy: ManagedPolicy): FoundPolicy {
  const { document, ...rest } = policy
  const version = { id: policy.defaultVersion, document, createDate: policy.updateDate }
  return { ...rest, versions: [version], tags: [] }
}

let builtIns: readonly FoundPolicy[] | undefined

/** In the order of names; made when they are first listed. */
export function builtInPolicies(): readonly FoundPolicy[] {
  builtIns ??= listManagedPolicies().map(builtInPolicy)
  return builtIns
}

export function lookUpPolicy(view: AccountView, arn: string): FoundPolicy | undefined {
  const own = view.named('policy', arn.slice(arn.lastIndexOf('/') + 1))
  if (own && policyArn(view, own) === arn) return ownPolicy(view, own)
  const builtIn = findManagedPolicy(arn)
  return builtIn && builtInPolicy(builtIn)
}

export function findPolicy(view: AccountView, arn: string): FoundPolicy {
  const policy = lookUpPolicy(view, checkedArn(arn))
  if (!policy) throw missing(`Policy ${arn} was not found.`)
  return policy
}

/** One that is to be attached or to bound. */
export function attachablePolicy(view: AccountView, arn: string): FoundPolicy {
  const policy = lookUpPolicy(view, checkedArn(arn))
  if (!policy) throw missing(`Policy ${arn} does not exist or is not attachable.`)
  return policy
}

/** One that is to be changed: nobody but its owner may. */
export function changeablePolicy(view: AccountView, arn: string): PolicyEntity {
  const { own } = findPolicy(view, arn)
  if (!own) throw new Fault('AccessDenied', 'Policy is outside your own account.', 403)
  return own
}

export function findVersion(policy: FoundPolicy, id: string): PolicyVersionEntry {
  const version = policy.versions.find((one) => one.id === id)
  if (!version)
    throw missing(`Policy ${policy.arn} version ${id} does not exist or is not attachable.`)
  return version
}

/** @param context keys besides the policy's own tags */
export function leaveForPolicy(
  view: AccountView,
  { arn, context }: { readonly arn: string; readonly context?: ContextEntries },
): Access {
  const tags = lookUpPolicy(view, arn)?.tags ?? []
  return { resource: checkedArn(arn), context: { ...resourceTagKeys(tags), ...context } }
}

/** AWS parses an ARN before it looks anything up, or asks who is there. */
export function checkedArn(arn: string): string {
  try {
    parseArn(arn)
    return arn
  } catch {
    throw invalid('Invalid ARN:  Could not be parsed!')
  }
}
