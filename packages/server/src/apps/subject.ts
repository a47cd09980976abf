/**
 * Whom a decision is asked for: the caller itself, or another principal of its account.
 *
 * Shape   a user or a role by its ARN, or a session by its own; of sessions the tags are told, since nobody keeps them.
 * Errors  {@link Fault} `ValidationException` 400, `ResourceNotFoundException` 404.
 *
 * @module
 */
import { parseArn, principalTagEntries, type RequestPrincipal } from '@iamkit/core'
import type { Caller } from '../authenticate/caller.js'
import { roleCaller, rootCaller, userCaller } from '../authenticate/who.js'
import { Fault } from '../fault.js'
import type { AccountView } from '../state/account-view.js'
import { assumedRoleArn, roleArn, rootArn, userArn } from '../state/arns.js'
import { refused } from './registered-service.js'
import type { TagMap } from './shapes.js'

export interface AskedPrincipal {
  readonly principal?: string | undefined
  readonly principalTags?: TagMap | undefined
}

/** Whether somebody else is asked about, which needs leave. */
export function isOther({ principal, principalTags }: AskedPrincipal, caller: Caller): boolean {
  if (principal === undefined) return false
  return (
    principalTags !== undefined ||
    !('arn' in caller.principal) ||
    caller.principal.arn !== principal
  )
}

export function subjectOf(asked: AskedPrincipal, caller: Caller, view: AccountView): Caller {
  const { principal, principalTags } = asked
  if (principal === undefined && principalTags !== undefined) {
    throw refused('principalTags are of a principal that is named')
  }
  checkTags(principalTags)
  if (principal === undefined || !isOther(asked, caller)) return caller
  const { account, service, resource } = readArn(principal)
  if (account !== view.account) throw unknown(principal)
  const [type, ...path] = resource.split('/')
  const name = path.at(-1) ?? ''
  if (resource === 'root' && service === 'iam' && rootArn(view) === principal)
    return rootCaller(view)
  if (service === 'iam' && type === 'user') {
    const user = view.named('user', name)
    if (!user || userArn(view, user) !== principal) throw unknown(principal)
    if (principalTags !== undefined) throw refused("a user's tags are its own")
    return userCaller(view, user)
  }
  const isSession = service === 'sts' && type === 'assumed-role' && path.length === 2
  const role = view.named('role', isSession ? (path[0] ?? '') : name)
  const own = role && (isSession ? assumedRoleArn(view, role.name, name) : roleArn(view, role))
  if (!role || own !== principal) throw unknown(principal)
  const session = {
    name: isSession ? name : 'iamkit',
    ...(principalTags && { tags: principalTags }),
  }
  return roleCaller(session, view, role)
}

/** What names a subject in ARNs of the service's own actions. */
export function arnOf({ principal }: { readonly principal: RequestPrincipal }): string {
  return 'arn' in principal ? principal.arn : '*'
}

function checkTags(tags: TagMap = {}): void {
  try {
    principalTagEntries(tags)
  } catch (error) {
    throw refused((error as Error).message)
  }
}

function readArn(arn: string) {
  try {
    return parseArn(arn)
  } catch (error) {
    throw refused((error as Error).message)
  }
}

function unknown(arn: string): Fault {
  return new Fault(
    'ResourceNotFoundException',
    `There is no principal ${arn.slice(0, 256)} here.`,
    404,
  )
}
