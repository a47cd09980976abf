/**
 * The user that an operation is about: the one it names, or the caller itself.
 *
 * Errors  {@link Fault} `ValidationError` where a caller that is no user names none.
 * Source  IAM API reference, GetUser: "If you do not specify a user name …".
 *
 * @module
 */
import type { ContextEntries } from '@iamkit/core'
import { invalid } from '../fault.js'
import type { Access, Call } from '../operation.js'
import type { AccountView } from '../state/account-view.js'
import { rootArn } from '../state/arns.js'
import type { UserEntity } from '../state/entity.js'
import { find, leaveFor } from './named.js'

export interface Where {
  readonly call: Call
  readonly view: AccountView
}

interface Naming {
  readonly UserName?: string | undefined
}

/** Undefined for the account's root, who is no user but has keys and devices like one. */
export function userOrRoot({ UserName }: Naming, where: Where): UserEntity | undefined {
  if (UserName !== undefined) return find(where.view, 'user', UserName)
  const name = callersName(where)
  return name === undefined ? undefined : find(where.view, 'user', name)
}

export function userFor(input: Naming, where: Where): UserEntity {
  const user = userOrRoot(input, where)
  if (!user) throw mustName()
  return user
}

/** @param context keys besides the user's own tags */
export function leaveForUser(
  { UserName }: Naming,
  { call, view }: Where,
  context?: ContextEntries,
): Access {
  const name = UserName ?? callersName({ call, view })
  if (name === undefined) return { resource: rootArn(view) }
  return leaveFor(view, 'user', { name, ...(context && { context }) })
}

function callersName({ call, view }: Where): string | undefined {
  const { principal } = call.caller
  if (principal.type === 'root') return undefined
  if (principal.type !== 'user') throw mustName()
  const known = principal.id === undefined ? undefined : view.get('user', principal.id)
  return known?.name ?? principal.arn.slice(principal.arn.lastIndexOf('/') + 1)
}

function mustName() {
  return invalid('Must specify userName when calling with non-User credentials')
}
