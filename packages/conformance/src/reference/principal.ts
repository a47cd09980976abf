/**
 * Principal: whom a statement names.
 *
 * Shape   values are compared exactly; `*` stands for everybody only as the whole value under `AWS`
 *         or as the whole element.
 * Errors  None.
 * Source  Specification 1.4 and 5.4.
 *
 * @module
 */
import type { PrincipalMap, RequestPrincipal } from '@iamkit/core'
import { listOf } from './document.js'
import type { GrantKind } from './document-set.js'

export type PrincipalValue = '*' | PrincipalMap
/** Callers that belong to an account. */
export type AccountPrincipal = Extract<RequestPrincipal, { readonly account: string }>

export function isAccountPrincipal(caller: RequestPrincipal): caller is AccountPrincipal {
  return 'account' in caller
}

/** Whether any entry matches the caller. */
export function names(principal: PrincipalValue, caller: RequestPrincipal): boolean {
  return namesEverybody(principal) || grantKindOf(principal, caller) !== undefined
}

/** The strongest way in which an Allow of a resource policy names the caller. */
export function grantKindOf(
  principal: PrincipalValue,
  caller: RequestPrincipal,
): GrantKind | undefined {
  if (caller.type === 'federated-caller') {
    return entriesOf(principal, 'Federated').includes(caller.provider) ? 'direct' : undefined
  }
  const isEverybody = namesEverybody(principal)
  if (caller.type === 'anonymous') return isEverybody ? 'direct' : undefined
  if (caller.type === 'service') {
    const isNamed = isEverybody || entriesOf(principal, 'Service').includes(caller.service)
    return isNamed ? 'direct' : undefined
  }

  if (namesItself(principal, caller)) return 'direct'
  if (isEverybody) return caller.type === 'federated-user' ? 'user-of-session' : 'direct'
  if (namesRole(principal, caller)) return 'role'
  if (namesFederatingUser(principal, caller)) return 'user-of-session'
  return namesAccount(principal, caller) ? 'account' : undefined
}

function namesEverybody(principal: PrincipalValue): boolean {
  return entriesOf(principal, 'AWS').includes('*')
}

/** A bare string is read as if it stood under `AWS`; the grammar has `*` alone in that place. */
export function entriesOf(
  principal: PrincipalValue,
  kind: 'AWS' | 'Service' | 'Federated',
): readonly string[] {
  if (typeof principal !== 'string') return listOf(principal[kind])
  return kind === 'AWS' ? [principal] : []
}

/** The account by its number, or as `:root` in the caller's own partition. */
export function namesAccount(principal: PrincipalValue, caller: AccountPrincipal): boolean {
  const entries = entriesOf(principal, 'AWS')
  return entries.includes(caller.account) || entries.includes(accountArn(caller))
}

/** The caller's own ARN. That of the root user stands for the whole account instead. */
export function namesItself(principal: PrincipalValue, caller: AccountPrincipal): boolean {
  return caller.type !== 'root' && entriesOf(principal, 'AWS').includes(caller.arn)
}

export function namesRole(principal: PrincipalValue, caller: AccountPrincipal): boolean {
  return caller.type === 'role-session' && entriesOf(principal, 'AWS').includes(caller.roleArn)
}

/** Where root federated, its ARN still stands for the whole account and for nobody in particular. */
export function namesFederatingUser(principal: PrincipalValue, caller: AccountPrincipal): boolean {
  if (caller.type !== 'federated-user' || caller.userArn === accountArn(caller)) return false
  return entriesOf(principal, 'AWS').includes(caller.userArn)
}

function accountArn(caller: AccountPrincipal): string {
  return `arn:${partitionOf(caller.arn)}:iam::${caller.account}:root`
}

export function partitionOf(arn: string): string | undefined {
  return arn.split(':')[1]
}
