/**
 * What carries policies: users, groups and roles, of which whole families of operations speak alike.
 *
 * Shape   an operation of such a family is written once, for the name of a member and a kind.
 * Errors  None.
 *
 * @module
 */
import type { ContextEntries } from '@iamkit/core'
import type { Access } from '../operation.js'
import type { AccountView } from '../state/account-view.js'
import type { Entities } from '../state/entity.js'
import { find, leaveFor } from './named.js'

export type BearerKind = 'user' | 'group' | 'role'

export interface Bearer<K extends BearerKind = BearerKind, Member extends string = string> {
  readonly kind: K
  /** The member of a request that names it. */
  readonly member: Member
}

export const USER = { kind: 'user', member: 'UserName' } as const
export const GROUP = { kind: 'group', member: 'GroupName' } as const
export const ROLE = { kind: 'role', member: 'RoleName' } as const

/** The part of a request or an answer that names a bearer. */
export type Naming<Member extends string> = { readonly [M in Member]: string }

export function bearerOf<K extends BearerKind, Member extends string>(
  view: AccountView,
  { kind, member }: Bearer<K, Member>,
  input: Naming<Member>,
): Entities[K] {
  return find(view, kind, input[member])
}

/** @param context keys besides the bearer's own tags */
export function leaveForBearer<Member extends string>(
  view: AccountView,
  { kind, member }: Bearer<BearerKind, Member>,
  { input, context }: { readonly input: Naming<Member>; readonly context?: ContextEntries },
): Access {
  return leaveFor(view, kind, { name: input[member], ...(context && { context }) })
}

/** The key of the boundary that a user or a role has; groups have none. */
export function boundaryKey<Member extends string>(
  view: AccountView,
  { kind, member }: Bearer<BearerKind, Member>,
  input: Naming<Member>,
): ContextEntries {
  const entity = view.named(kind, input[member])
  return entity && 'boundary' in entity ? { 'iam:PermissionsBoundary': entity.boundary } : {}
}
