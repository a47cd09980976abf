/**
 * Whom a policy names: its users, roles and sessions are bound to unique ids when the policy is saved.
 *
 * Shape   the text is kept as it was sent. It is read with today's ARN of each that is still there, and with the id
 *         of each that is gone, so that a new one of the same name inherits nothing. A session is bound by its role.
 *         Who is named by unique id is read by ARN too, for as long as there is one.
 * Errors  {@link Fault} `MalformedPolicyDocument` from {@link bindPrincipals} for a user or a role that is not there.
 * Source  IAM User Guide, "AWS JSON policy elements: Principal".
 *
 * @module
 */
import { type Arn, type Policy, parseArn, type Statement } from '@iamkit/core'
import type { AccountView } from '../state/account-view.js'
import type { World } from '../state/world.js'
import { malformed } from './documents.js'
import { arnOf } from './named.js'

/** What a policy calls its users, roles and sessions: the ids that those, or their roles, had when it was saved. */
export type BoundIds = Readonly<Record<string, string>>

/** Where users and roles are looked up: what a transaction has done to its own account is seen. */
export interface Accounts {
  readonly view: AccountView
  readonly world: Pick<World, 'account'>
}

/** Notes who is meant. */
export function bindPrincipals(
  { statements }: Pick<Policy, 'statements'>,
  accounts: Accounts,
): BoundIds {
  const bound = statements.flatMap(namedIn).flatMap((value) => {
    const id = idOf(value, accounts)
    return id === undefined ? [] : [[value, id]]
  })
  return Object.fromEntries(bound)
}

/** A policy as it is today. */
export function asOfToday(text: string, ids: BoundIds = {}, accounts: Accounts): string {
  const changed = new Map<string, string>()
  for (const [written, id] of Object.entries(ids)) {
    const today = nameToday(written, id, accounts)
    if (today !== written) changed.set(written, today)
  }
  return changed.size === 0 ? text : rewritten(text, changed)
}

function namedIn({ principal, notPrincipal }: Statement): readonly string[] {
  const entries = (principal ?? notPrincipal)?.entries ?? []
  return entries.filter(({ kind }) => kind === 'AWS').map(({ value }) => value)
}

/** The id that a name is bound to; undefined for whole accounts, federated users and everyone. */
function idOf(value: string, accounts: Accounts): string | undefined {
  if (value === '*' || /^\d{12}$/.test(value)) return undefined
  if (/^A[IR][DO]A[A-Z0-9]{12,}$/.test(value)) {
    if (accounts.view.get(kindOf(value), value)) return value
    throw stranger(value)
  }
  const arn = accountArn(value)
  if (!arn) throw stranger(value)
  const [kind = '', ...path] = arn.resource.split('/')
  if (arn.service === 'iam' && arn.resource === 'root') return undefined
  if (arn.service === 'sts' && kind === 'federated-user' && path.length > 0) return undefined
  const view = accountOf(arn.account, accounts)
  const id =
    arn.service === 'sts' && kind === 'assumed-role' && path.length === 2
      ? view && idOfRole(path[0] ?? '', view)
      : view && idOfArn(value, path.at(-1) ?? '', view)
  if (id === undefined) throw stranger(value)
  return id
}

/** Names are found whatever their case; ARNs are the same only letter by letter. */
function idOfRole(name: string, view: AccountView): string | undefined {
  const role = view.named('role', name)
  return role?.name === name ? role.id : undefined
}

function idOfArn(arn: string, name: string, view: AccountView): string | undefined {
  const user = view.named('user', name)
  if (user && arnOf(view, 'user', user) === arn) return user.id
  const role = view.named('role', name)
  return role && arnOf(view, 'role', role) === arn ? role.id : undefined
}

function accountArn(value: string): Arn | undefined {
  try {
    const arn = parseArn(value)
    return /^\d{12}$/.test(arn.account) ? arn : undefined
  } catch {
    return undefined
  }
}

function kindOf(id: string): 'user' | 'role' {
  return id.startsWith('AIDA') ? 'user' : 'role'
}

function nameToday(written: string, id: string, accounts: Accounts): string {
  const arn = accountArn(written)
  const view = accountOf(arn?.account ?? accounts.view.account, accounts)
  const kind = kindOf(id)
  const entity = view?.get(kind, id)
  if (!view || !entity) return id
  // a role keeps its name, and so do its sessions
  return arn?.service === 'sts' ? written : arnOf(view, kind, entity)
}

function accountOf(account: string, { view, world }: Accounts): AccountView | undefined {
  return account === view.account ? view : world.account(account)
}

function stranger(value: string) {
  return malformed(`Invalid principal in policy: "AWS":"${value}"`)
}

/** Only where principals stand: a condition may hold the same text, and means the name. */
function rewritten(text: string, changed: ReadonlyMap<string, string>): string {
  const document = JSON.parse(text) as { Statement: unknown }
  const statements = [document.Statement].flat() as Record<string, unknown>[]
  for (const statement of statements) {
    for (const element of ['Principal', 'NotPrincipal']) {
      const principal = statement[element] as { AWS?: string | string[] } | string | undefined
      if (typeof principal !== 'object' || principal.AWS === undefined) continue
      const { AWS } = principal
      const today = (value: string) => changed.get(value) ?? value
      principal.AWS = typeof AWS === 'string' ? today(AWS) : AWS.map(today)
    }
  }
  return JSON.stringify(document)
}
