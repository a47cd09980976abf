/**
 * Who makes the calls of a simulation, and in which circumstances.
 *
 * Shape   the caller that the request names, else the source of the policies. What is known of a caller is in the
 *         context, unless the request says otherwise.
 * Errors  {@link Fault} `InvalidInput`.
 * Source  IAM API reference, SimulatePrincipalPolicy, `CallerArn` and `ContextEntries`.
 *
 * @module
 */
import {
  type Arn,
  type ContextEntries,
  type ContextValue,
  parseArn,
  principalEntries,
  type RequestPrincipal,
} from '@iamkit/core'
import type { AccountView } from '../state/account-view.js'
import { assumedRoleArn, roleArn, userArn } from '../state/arns.js'
import type { TagEntry } from '../state/entity.js'
import { invalidInput, type Source } from './simulated-policies.js'

/** Always of an account. */
export type SimulatedPrincipal = Extract<RequestPrincipal, { readonly account: string }>

export interface SimulatedCaller {
  readonly principal: SimulatedPrincipal
  /** What is known of it: nothing of one that is made up. */
  readonly known: ContextEntries
}

const SESSION = 'simulation'

export interface Entry {
  readonly ContextKeyName?: string | undefined
  readonly ContextKeyValues?: readonly string[] | undefined
  readonly ContextKeyType?: string | undefined
}

export function simulatedCaller(
  view: AccountView,
  source: Source | undefined,
  {
    CallerArn,
    ResourcePolicy,
  }: { CallerArn?: string | undefined; ResourcePolicy?: string | undefined },
): SimulatedCaller {
  if (CallerArn !== undefined) return callerNamed(view, CallerArn)
  if (source?.kind === 'user') return userCaller(view, userArn(view, source.entity))
  if (ResourcePolicy !== undefined)
    throw invalidInput('CallerArn is required when ResourcePolicy is specified.')
  if (source?.kind === 'role') return roleCaller(view, source.entity.name)
  return madeUpCaller(view)
}

/** The entries of a request over what is known, whatever the case of their names. */
export function simulatedContext(
  { known }: SimulatedCaller,
  entries: readonly Entry[] = [],
): ContextEntries {
  const given = new Map<string, [string, ContextValue]>()
  for (const entry of entries) {
    const { ContextKeyName: name } = entry
    if (name === undefined) throw invalidInput('ContextEntries: an entry lacks its ContextKeyName.')
    if (given.has(name.toLowerCase())) throw invalidInput(`Context key ${name} is given twice.`)
    given.set(name.toLowerCase(), [name, entryValue(entry)])
  }
  const others = Object.entries(known).filter(([key]) => !given.has(key.toLowerCase()))
  return Object.fromEntries([...others, ...given.values()])
}

function entryValue({
  ContextKeyName,
  ContextKeyValues = [],
  ContextKeyType,
}: Entry): ContextValue {
  const isList = ContextKeyType?.endsWith('List') ?? ContextKeyValues.length > 1
  if (isList) return ContextKeyValues
  if (ContextKeyValues.length > 1)
    throw invalidInput(
      `Context key ${ContextKeyName} of type ${ContextKeyType} has several values.`,
    )
  return ContextKeyValues[0]
}

function callerNamed(view: AccountView, text: string): SimulatedCaller {
  const arn = readArn(text)
  const { service, account, resource } = arn
  const [kind, ...path] = resource.split('/')
  const [name = ''] = path
  if (service === 'iam' && resource === 'root')
    return plainCaller({ type: 'root', account, arn: text })
  if (service === 'iam' && kind === 'user' && name !== '') return userCaller(view, text)
  if (service === 'iam' && kind === 'role' && name !== '')
    return sessionCaller(view, { account, name: path.at(-1) ?? '', roleArn: text })
  if (service === 'sts' && kind === 'assumed-role' && path.length === 2)
    return sessionCaller(view, { account, name, arn: text })
  throw invalidInput(`Invalid CallerArn: ${text}`)
}

function readArn(text: string): Arn {
  try {
    const arn = parseArn(text)
    if (/^\d{12}$/.test(arn.account)) return arn
  } catch {
    // said below
  }
  throw invalidInput(`Invalid CallerArn: ${text}`)
}

function userCaller(view: AccountView, arn: string): SimulatedCaller {
  const { account } = readArn(arn)
  const found =
    account === view.account ? view.named('user', arn.slice(arn.lastIndexOf('/') + 1)) : undefined
  const user = found && userArn(view, found) === arn ? found : undefined
  if (!user) return plainCaller({ type: 'user', account, arn })
  const principal: SimulatedPrincipal = { type: 'user', account, arn, id: user.id }
  return {
    principal,
    known: principalEntries(principal, { userId: user.id, tags: tagsOf(user.tags) }),
  }
}

function roleCaller(view: AccountView, name: string): SimulatedCaller {
  return sessionCaller(view, { account: view.account, name })
}

/** Absent `roleArn`: that of the account's role of this name. Absent `arn`: that of a session that is made up. */
function sessionCaller(
  view: AccountView,
  { account, name, ...given }: { account: string; name: string; roleArn?: string; arn?: string },
): SimulatedCaller {
  const found = account === view.account ? view.named('role', name) : undefined
  const ofRole = given.roleArn ?? roleArn({ ...view, account }, found ?? { path: '/', name })
  const role = found && roleArn(view, found) === ofRole ? found : undefined
  const principal: SimulatedPrincipal = {
    type: 'role-session',
    account,
    arn: given.arn ?? assumedRoleArn({ account }, name, SESSION),
    roleArn: ofRole,
    ...(role && { id: role.id }),
  }
  return { principal, known: principalEntries(principal, { tags: tagsOf(role?.tags ?? []) }) }
}

/** Stands for whoever is in a group, or has policies that nobody has yet. */
function madeUpCaller({ account }: AccountView): SimulatedCaller {
  const arn = userArn({ account }, { path: '/', name: SESSION })
  return { principal: { type: 'user', account, arn }, known: {} }
}

function plainCaller(principal: SimulatedPrincipal): SimulatedCaller {
  return { principal, known: principalEntries(principal) }
}

function tagsOf(tags: readonly TagEntry[]): ReadonlyMap<string, string> {
  return new Map(tags.map(({ Key, Value }) => [Key, Value]))
}
