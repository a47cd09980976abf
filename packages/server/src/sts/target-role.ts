/**
 * The role that somebody wants to become, and what is asked of its trust policy.
 *
 * Shape   a role that is not there is decided like one that trusts nobody: nobody learns which roles there are.
 * Errors  {@link Fault} `ValidationError` 400 from {@link findTarget}, for text that is no ARN.
 * Source  Specification 5.9 and 5.10.
 *
 * @module
 */
import type { ContextEntries } from '@iamkit/core'
import { compiledDocument } from '../authorize/compiled-document.js'
import { withKeysThere } from '../iam/tags.js'
import { trustOf } from '../iam/trust.js'
import type { Access } from '../operation.js'
import type { AccountView } from '../state/account-view.js'
import { roleArn } from '../state/arns.js'
import type { RoleEntity } from '../state/entity.js'
import type { World } from '../state/world.js'
import { readArn } from './input.js'

export interface TargetRole {
  readonly arn: string
  readonly account: string
  /** Both absent where there is no such role. */
  readonly view: AccountView | undefined
  readonly role: RoleEntity | undefined
  /** Its trust policy as it is today. */
  readonly trust: string
}

const TRUSTS_NOBODY = '{"Version":"2012-10-17","Statement":[]}'

export function findTarget(arn: string, world: World): TargetRole {
  const { account, resource } = readArn(arn)
  const view = world.account(account)
  const role = view?.named('role', resource.slice(resource.lastIndexOf('/') + 1))
  const isMeant = view && role && roleArn(view, role) === arn
  if (!isMeant) return { arn, account, view: undefined, role: undefined, trust: TRUSTS_NOBODY }
  return { arn, account, view, role, trust: trustOf(role, { view, world }) }
}

/**
 * Asks the trust policy for one action. A tag that is passed takes the place of the role's of the same key, whatever its
 * case: then it is asked about both keys.
 *
 * @param inherited tags that a chain hands on: they stand before the role's own
 */
export function trustAccess(
  target: TargetRole,
  action: string,
  {
    context,
    inherited = {},
  }: { context: ContextEntries; inherited?: Readonly<Record<string, string>> },
): Access {
  const { arn, account, role, trust: text } = target
  return withKeysThere({
    action,
    resource: arn,
    resourceAccount: account,
    resourceTrust: 'explicit',
    policies: { resource: compiledDocument({ type: 'trust', name: arn, text }) },
    context: { ...resourceTags(role, inherited), ...context },
  })
}

function resourceTags(
  role: RoleEntity | undefined,
  inherited: Readonly<Record<string, string>>,
): ContextEntries {
  const taken = new Set(Object.keys(inherited).map((key) => key.toLowerCase()))
  const own = (role?.tags ?? []).filter(({ Key }) => !taken.has(Key.toLowerCase()))
  const pairs = [
    ...own.map(({ Key, Value }) => [Key, Value] as const),
    ...Object.entries(inherited),
  ]
  return Object.fromEntries(
    pairs.flatMap(([key, value]) => [
      [`aws:ResourceTag/${key}`, value],
      [`iam:ResourceTag/${key}`, value],
    ]),
  )
}
