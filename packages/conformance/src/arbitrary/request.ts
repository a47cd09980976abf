/**
 * Requests, and requests that differ from one in a single respect.
 *
 * Errors  None.
 * Source  Specification 5.1.
 *
 * @module
 */
import { deriveContext } from '../derived-context.js'
import type { ReferenceRequest } from '../reference/document-set.js'
import { type Choices, chance, pick, weighted } from './choices.js'
import { context } from './context.js'
import { ACCOUNTS, partition, principal } from './principal.js'

const ACTIONS = ['docs:GetDocument', 'docs:PutDocument', 's3:GetObject', 'sts:AssumeRole'] as const

/** Anyone wants anything; callers mostly stay in their own account. */
export function request(choices: Choices): ReferenceRequest {
  const caller = principal(choices)
  const isAtHome = 'account' in caller && chance(choices, 65)
  const resourceAccount = isAtHome ? caller.account : pick(choices, ACCOUNTS)
  return withContext(choices, {
    principal: caller,
    action: pick(choices, ACTIONS),
    resource: resource(choices, resourceAccount),
    resourceAccount,
    ...(chance(choices, 22) && { resourceTrust: 'explicit' as const }),
    ...(chance(choices, 10) && { resourceInManagementAccount: true }),
  })
}

/** The same request but for the caller, the action, the resource or the context. */
export function variation(choices: Choices, base: ReferenceRequest): ReferenceRequest {
  return weighted(choices, [
    [4, () => withContext(choices, base)],
    [2, () => withContext(choices, { ...base, principal: principal(choices) })],
    [1, () => ({ ...base, action: pick(choices, ACTIONS) })],
    [1, () => ({ ...base, resource: resource(choices, base.resourceAccount) })],
    [1, () => ({ ...base, resourceTrust: 'explicit' as const })],
  ])
}

function withContext(choices: Choices, base: Omit<ReferenceRequest, 'context'>): ReferenceRequest {
  const given = { ...base, context: context(choices) }
  return chance(choices, 80) ? { ...given, context: deriveContext(given) } : given
}

function resource(choices: Choices, account: string): string {
  const aws = partition(choices)
  return weighted(choices, [
    [8, () => `arn:${aws}:docs:eu-west-1:${account}:document/42`],
    [4, () => `arn:${aws}:docs:eu-west-1:${account}:document/blue/ada`],
    [2, () => `arn:${aws}:docs:::folder/a:b/c`],
    [2, () => `arn:${aws}:s3:::bucket/home/ada/x`],
    [1, () => `arn:${aws}:docs:eu-west-1:${account}:document/*`],
    [1, () => `arn:${aws}:docs:eu:9:${account}:document/\${docs:text}`],
    [1, () => `arn:${aws}:iam::${account}:role/app`],
    [1, () => '*'],
  ])
}
