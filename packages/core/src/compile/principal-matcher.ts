/**
 * Principal and NotPrincipal: whether an element names the caller, and how strongly.
 *
 * Errors  None: an entry that is no principal names nobody.
 * Source  Specification 1.4, 5.4 and 5.8.
 *
 * @module
 */
import { partitionOf, splitArn } from '../arn/arn-split.js'
import { flat } from '../glob/flat.js'
import type { PrincipalElement, PrincipalEntry } from '../policy/policy.js'
import { isInAccount, type RequestPrincipal } from '../request/principal.js'
import type { CompiledPrincipal, GrantKind } from './compiled-policy.js'

/** How an entry stands to a caller: not at all, or matched with the kind that an Allow grants. */
type Naming = { readonly grant: GrantKind | undefined } | undefined

/** Made once, so that no decision leaves anything behind. */
const NAMED = {
  direct: { grant: 'direct' },
  parent: { grant: 'parent' },
  account: { grant: 'account' },
  nothing: { grant: undefined },
} as const

type EntryTest = (principal: RequestPrincipal) => Naming

export interface PrincipalOptions {
  /** The unique ids to which user and role ARNs were bound when the policy was saved. */
  readonly principalIds?: ReadonlyMap<string, string> | undefined
  /** Which levels of a caller NotPrincipal must list to spare it; see specification 5.8. */
  readonly notPrincipal?: 'every-level' | 'most-specific' | undefined
}

export function compilePrincipal(
  element: PrincipalElement,
  options: PrincipalOptions,
): CompiledPrincipal {
  const entries = element.isStar
    ? [everyone]
    : element.entries.map((entry) => entryTest(entry, options))
  const listed = (test: (entry: EntryTest) => boolean) => entries.some(test)
  return {
    isEveryone: entries.includes(everyone),
    matches: (principal) => listed((entry) => entry(principal) !== undefined),
    grant(principal) {
      let strongest: GrantKind | undefined
      for (const entry of entries) {
        const kind = entry(principal)?.grant
        if (kind === 'direct') return kind
        if (kind && strongest !== 'parent') strongest = kind
      }
      return strongest
    },
    exempts: exemption(element, options),
  }
}

/** A federated caller must be named by its provider; a federated user is reached through its user. */
const everyone: EntryTest = ({ type }) => {
  if (type === 'federated-caller') return NAMED.nothing
  return type === 'federated-user' ? NAMED.parent : NAMED.direct
}

function entryTest(
  { kind, value: written }: PrincipalEntry,
  { principalIds }: PrincipalOptions,
): EntryTest {
  const value = flat(written)
  const named = (is: boolean): Naming => (is ? NAMED.direct : undefined)
  if (kind === 'Service')
    return (caller) => named(caller.type === 'service' && caller.service === value)
  if (kind === 'Federated') {
    return (caller) => named(caller.type === 'federated-caller' && caller.provider === value)
  }
  if (kind === 'CanonicalUser') return () => undefined
  if (value === '*') return everyone
  const isAccount = accountTest(value)
  if (isAccount) return (caller) => (isAccount(caller) ? NAMED.account : undefined)

  const id = principalIds?.get(value)
  if (id === undefined) return (caller) => arnNaming(caller, value)
  return (caller) => boundNaming(caller, arnNaming(caller, value), id)
}

/** Of a caller whose unique id is not known, a Deny must fear that it is the one; no Allow may hope so. */
function boundNaming(caller: RequestPrincipal, naming: Naming, id: string): Naming {
  const known = 'id' in caller ? caller.id : undefined
  if (known === undefined) return naming && NAMED.nothing
  return known === id ? naming : undefined
}

/** An account's id, or its `:root` ARN, which names the whole account; undefined for other values. */
function accountTest(value: string): ((caller: RequestPrincipal) => boolean) | undefined {
  const arn = splitArn(value)
  if (!arn)
    return value.includes(':')
      ? undefined
      : (caller) => isInAccount(caller) && caller.account === value
  if (arn[0] !== 'arn' || arn[2] !== 'iam' || arn[3] !== '' || arn[5] !== 'root') return undefined
  return (caller) =>
    isInAccount(caller) && caller.account === arn[4] && partitionOf(caller.arn) === arn[1]
}

function arnNaming(caller: RequestPrincipal, arn: string): Naming {
  if (!isInAccount(caller)) return undefined
  if (caller.arn === arn) return NAMED.direct
  if (caller.type === 'role-session' && caller.roleArn === arn) return NAMED.parent
  if (caller.type === 'federated-user' && caller.userArn === arn) return NAMED.parent
  return undefined
}

/** NotPrincipal spares a caller only where every level of its identity is listed. */
function exemption(element: PrincipalElement, options: PrincipalOptions) {
  const entries = element.entries.filter(({ value }) => value !== '*') // `*` would spare everyone
  const tests = entries.map((entry) => entryTest(entry, options))

  return (caller: RequestPrincipal): boolean => {
    const grants = (kind: GrantKind) => tests.some((test) => test(caller)?.grant === kind)
    if (!isInAccount(caller)) return grants('direct')
    const account = grants('account')
    if (caller.type === 'root') return account
    const itself = grants('direct')
    const parent = grants('parent')
    if (options.notPrincipal === 'most-specific') return itself || parent
    if (caller.type === 'user') return account && itself
    if (caller.type === 'federated-user') return account && (itself || parent)
    return account && parent && (itself || !namesSessionOf(caller.arn, entries))
  }
}

/** Whether some entry is a session of the same role as this session's. */
function namesSessionOf(sessionArn: string, entries: readonly PrincipalEntry[]): boolean {
  const prefix = sessionArn.slice(0, sessionArn.lastIndexOf('/') + 1)
  return entries.some(({ value }) => value.startsWith(prefix))
}
