/**
 * Policy sets in which each layer plainly allows, denies or is silent, so that every row of the tables
 * of section 5 comes up.
 *
 * Errors  None.
 * Source  Specification 5.2 to 5.12.
 *
 * @module
 */
import type { Effect, PolicyDocument, RequestPrincipal } from '@iamkit/core'
import type { DocumentLevel, DocumentSet, ReferenceRequest } from '../reference/document-set.js'
import { type Choices, chance, pick, several, weighted } from './choices.js'
import { notPrincipalElement, oneName } from './principal-element.js'

/** What a layer says of the request, whoever asks. */
const SAYINGS = {
  allow: policy('Allow', '*'),
  silent: policy('Allow', 'docs:DeleteDocument'),
  deny: policy('Deny', '*'),
}

function policy(Effect: Effect, Action: string): PolicyDocument {
  const Statement = { Effect, Principal: '*' as const, Action, Resource: '*' }
  return { Version: '2012-10-17', Statement }
}

/** At most one of the layers that narrow a grant fails, so that its failing is what decides. */
export function plainSet(choices: Choices, request: ReferenceRequest): DocumentSet {
  const weak = pick(choices, ['none', 'identity', 'boundary', 'boundary', 'session', 'session'])
  const layer = (name: string, isThere: number) => {
    if (name === weak) return chance(choices, 70) ? [SAYINGS.silent] : []
    return chance(choices, isThere) ? [SAYINGS.allow] : []
  }
  const [boundary] = weak === 'boundary' ? [SAYINGS.silent] : layer('boundary', 20)
  const [endpoint] = layer('endpoint', 8)
  const isExempt = isSpared(request)
  return {
    identity: layer('identity', 90),
    session: layer('session', request.principal.type === 'federated-user' ? 85 : 40),
    ...(boundary && { boundary }),
    ...(endpoint && { endpoint }),
    ...(chance(choices, 85) && { resource: resourcePolicy(choices, request.principal) }),
    ...(chance(choices, isExempt ? 40 : 10) && { scps: levels(choices) }),
    ...(chance(choices, isExempt ? 60 : 15) && { rcps: levels(choices) }),
  }
}

/** Whether SCPs or RCPs do not touch the request. */
function isSpared({ principal, resourceInManagementAccount }: ReferenceRequest): boolean {
  if (resourceInManagementAccount === true || !('account' in principal)) return true
  return (
    principal.managementAccount === true ||
    (principal.type === 'role-session' && principal.serviceLinkedRole === true)
  )
}

/** Names the caller in one way, or spares it from a Deny. */
function resourcePolicy(choices: Choices, caller: RequestPrincipal): PolicyDocument {
  const allow = {
    Effect: 'Allow' as const,
    Principal: oneName(choices, caller),
    Action: '*',
  }
  const deny = {
    Effect: 'Deny' as const,
    NotPrincipal: notPrincipalElement(choices, caller),
    Action: '*',
  }
  return { Version: '2012-10-17', Statement: chance(choices, 12) ? [allow, deny] : allow }
}

function levels(choices: Choices): readonly DocumentLevel[] {
  return several(choices, [1, 3], () =>
    weighted<DocumentLevel>(choices, [
      [4, () => [SAYINGS.allow]],
      [2, () => [SAYINGS.silent, SAYINGS.allow]],
      [2, () => [SAYINGS.allow, SAYINGS.deny]],
      [1, () => [SAYINGS.silent]],
      [1, () => []],
    ]),
  )
}
