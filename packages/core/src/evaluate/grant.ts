/**
 * Whether anything grants a request: what each layer says, and what each way of being named is worth.
 *
 * Errors  None.
 * Source  Specification 5.4 and 5.5, steps 4 to 9.
 *
 * @module
 */
import type { GrantKind } from '../compile/compiled-policy.js'
import type { PlannedLayer } from '../compile/plan.js'
import type { Row } from '../compile/row.js'
import { type AccountPrincipal, isInAccount } from '../request/principal.js'
import type { Question } from './question.js'

/** Where the caller stands to the resource. */
export type Relation = 'no-account' | 'same-account' | 'cross-account' | 'foreign-partition'

/** Whether a request is allowed, if nothing denies it. */
export function isGranted(question: Question): boolean {
  const { plan, request } = question
  const { principal } = request
  if (plan.gates.length > 0 && closedGate(question)) return false
  if (!isInAccount(principal)) return grantKinds(question).includes('direct')
  if (!sharePartition(principal.arn, request.resource)) return false
  const isSameAccount = principal.account === request.resourceAccount
  return isSameAccount ? isGrantedAtHome(question) : isGrantedAbroad(question)
}

function isGrantedAtHome(question: Question): boolean {
  const kinds = grantKinds(question)
  if (kinds.includes('direct')) return true
  const isNamed = kinds.includes('role') || kinds.includes('user-of-session')
  const isTrusted = question.request.resourceTrust !== 'explicit' || kinds.includes('account')
  return (isNamed || (isTrusted && identityAllows(question))) && ownAllow(question)
}

function isGrantedAbroad(question: Question): boolean {
  return grantKinds(question).length > 0 && identityAllows(question) && ownAllow(question)
}

/** The first layer that can only narrow, and does not allow. */
export function closedGate({ plan, request, context }: Question): PlannedLayer | undefined {
  for (const gate of plan.gates) if (!gate.index.find(request, context)) return gate
  return undefined
}

/** An identity policy allows, or the caller is root. */
export function identityAllows({ plan, request, context }: Question): boolean {
  return plan.identity.find(request, context)
}

export function boundaryAllows({ plan, request, context }: Question): boolean {
  return plan.boundary === undefined || plan.boundary.find(request, context)
}

function sessionAllows({ plan, request, context }: Question): boolean {
  return plan.session === undefined || plan.session.find(request, context)
}

function ownAllow(question: Question): boolean {
  return boundaryAllows(question) && sessionAllows(question)
}

const NONE: readonly GrantKind[] = []

/** How the resource policy's Allows name the caller; empty where there is none. */
export function grantKinds({ plan, request, context }: Question): readonly GrantKind[] {
  if (!plan.resource) return NONE
  const found: Row[] = []
  plan.resource.find(request, context, found)
  return found.flatMap(({ statement }) => statement.principal?.grant(request.principal) ?? [])
}

export function relationOf({ request }: Question): Relation {
  const { principal, resource, resourceAccount } = request
  if (!isInAccount(principal)) return 'no-account'
  if (!sharePartition(principal.arn, resource)) return 'foreign-partition'
  return isHome(principal, resourceAccount) ? 'same-account' : 'cross-account'
}

function isHome(principal: AccountPrincipal, resourceAccount: string): boolean {
  return principal.account === resourceAccount
}

const COLON = 58

/** Accounts of different partitions never trust each other. Both texts begin with `arn:`. */
export function sharePartition(arn: string, resource: string): boolean {
  if (resource === '*') return true
  for (let i = 4; ; i++) {
    const code = arn.charCodeAt(i)
    if (code !== resource.charCodeAt(i)) return false
    if (code === COLON) return true
  }
}
