/**
 * Whom a policy names: its users and roles are bound to their unique ids when the policy is saved.
 *
 * Shape   the text is kept as it was sent. It is read with today's ARN of each that is still there, and with the id
 *         of each that is gone, so that a new one of the same name inherits nothing.
 * Errors  {@link Fault} `MalformedPolicyDocument` from {@link bindPrincipals} for a user or a role that is not there.
 * Source  IAM User Guide, "AWS JSON policy elements: Principal".
 *
 * @module
 */
import { type Policy, parseArn, type Statement } from '@iamkit/core'
import type { AccountView } from '../state/account-view.js'
import type { World } from '../state/world.js'
import { malformed } from './documents.js'
import { arnOf } from './named.js'

/** Users and roles that a policy names, by ARN: the ids that they had when it was saved. */
export type BoundIds = Readonly<Record<string, string>>

type Kind = 'user' | 'role'

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
  for (const [arn, id] of Object.entries(ids)) {
    const today = arnToday(arn, id, accounts)
    if (today !== arn) changed.set(arn, today)
  }
  return changed.size === 0 ? text : rewritten(text, changed)
}

function namedIn({ principal, notPrincipal }: Statement): readonly string[] {
  const entries = (principal ?? notPrincipal)?.entries ?? []
  return entries.filter(({ kind }) => kind === 'AWS').map(({ value }) => value)
}

/** The id that an ARN is bound to; undefined for whole accounts, sessions and everyone. */
function idOf(value: string, accounts: Accounts): string | undefined {
  if (value === '*' || /^\d{12}$/.test(value)) return undefined
  if (/^A[IR][DO]A[A-Z0-9]{12,}$/.test(value)) {
    if (!isKnownId(value, accounts)) throw stranger(value)
    return undefined
  }
  const place = placeOf(value)
  if (!place) throw stranger(value)
  if (place.kind === 'other') return undefined
  const view = accountOf(place.account, accounts)
  const entity = view?.named(place.kind, place.name)
  if (!view || !entity || arnOf(view, place.kind, entity) !== value) throw stranger(value)
  return entity.id
}

type Place =
  | { readonly kind: 'other' }
  | { readonly kind: Kind; readonly account: string; readonly name: string }

function placeOf(value: string): Place | undefined {
  const arn = parsedArn(value)
  if (!arn || !/^\d{12}$/.test(arn.account)) return undefined
  const [kind = '', ...path] = arn.resource.split('/')
  if (arn.service === 'sts' && (kind === 'assumed-role' || kind === 'federated-user'))
    return path.length > 0 ? { kind: 'other' } : undefined
  if (arn.service !== 'iam') return undefined
  if (arn.resource === 'root') return { kind: 'other' }
  if (kind !== 'user' && kind !== 'role') return undefined
  return { kind, account: arn.account, name: path.at(-1) ?? '' }
}

function parsedArn(value: string) {
  try {
    return parseArn(value)
  } catch {
    return undefined
  }
}

function isKnownId(id: string, accounts: Accounts): boolean {
  const kind = id.startsWith('AIDA') ? 'user' : 'role'
  return accounts.view.get(kind, id) !== undefined
}

function arnToday(arn: string, id: string, accounts: Accounts): string {
  const place = placeOf(arn)
  if (!place || place.kind === 'other') return id
  const view = accountOf(place.account, accounts)
  const entity = view?.get(place.kind, id)
  return view && entity ? arnOf(view, place.kind, entity) : id
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
