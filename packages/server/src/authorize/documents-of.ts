/**
 * The documents that a user or a role carries, each with the name that explanations call it by.
 *
 * Shape   a user's own, inline and attached, then those of its groups; a role's own.
 * Errors  None: a managed policy that is gone denies everything, since nobody knows what it denied.
 * Source  Specification 4.1.
 *
 * @module
 */
import type { PolicyType } from '@iamkit/core'
import type { AccountView } from '../state/account-view.js'
import { policyArn } from '../state/arns.js'
import type { GroupEntity, InlinePolicies, RoleEntity, UserEntity } from '../state/entity.js'
import { denyAll, type NamedDocument } from './compiled-document.js'
import { findManagedPolicy } from './managed-policies.js'

export interface CarriedDocuments {
  readonly identity: readonly NamedDocument[]
  readonly boundary?: NamedDocument
}

export function userDocuments(view: AccountView, user: UserEntity): CarriedDocuments {
  const groups = user.groups.flatMap((id) => view.get('group', id) ?? [])
  const inherited = groups.flatMap((group) => ownDocuments(view, `group/${group.name}`, group))
  return carried(view, [...ownDocuments(view, `user/${user.name}`, user), ...inherited], user)
}

export function roleDocuments(view: AccountView, role: RoleEntity): CarriedDocuments {
  return carried(view, ownDocuments(view, `role/${role.name}`, role), role)
}

/** What the members of a group have from it. */
export function groupDocuments(view: AccountView, group: GroupEntity): CarriedDocuments {
  return { identity: ownDocuments(view, `group/${group.name}`, group) }
}

/** A managed policy of the account or a built-in one, in its default version. */
export function managedDocument(view: AccountView, arn: string, type: PolicyType): NamedDocument {
  const text = customerDocument(view, arn) ?? findManagedPolicy(arn)?.document ?? denyAll(type)
  return { type, name: arn, text }
}

/** Whether there is such a policy to attach or to pass. */
export function isManagedPolicy(view: AccountView, arn: string): boolean {
  return customerDocument(view, arn) !== undefined || findManagedPolicy(arn) !== undefined
}

function ownDocuments(
  view: AccountView,
  bearer: string,
  { inline, attached }: Pick<GroupEntity, 'inline' | 'attached'>,
): readonly NamedDocument[] {
  return [
    ...inlineDocuments(bearer, inline),
    ...attached.map((arn) => managedDocument(view, arn, 'identity')),
  ]
}

function inlineDocuments(bearer: string, inline: InlinePolicies): readonly NamedDocument[] {
  return Object.entries(inline).map(([name, text]) => ({
    type: 'identity',
    name: `${bearer} inline ${name}`,
    text,
  }))
}

function carried(
  view: AccountView,
  identity: readonly NamedDocument[],
  { boundary }: Pick<UserEntity, 'boundary'>,
): CarriedDocuments {
  if (boundary === undefined) return { identity }
  return { identity, boundary: managedDocument(view, boundary, 'boundary') }
}

function customerDocument(view: AccountView, arn: string): string | undefined {
  const policy = view.named('policy', arn.slice(arn.lastIndexOf('/') + 1))
  if (!policy || policyArn(view, policy) !== arn) return undefined
  return policy.versions.find(({ id }) => id === policy.defaultVersion)?.document
}
