/**
 * Questions to the evaluator about a call to the control plane, and its answers.
 *
 * Shape   each action on each resource is asked alone; what the server knows stands over what the operation says.
 * Errors  None.
 * Source  Specification 5.10, 5.13 and 6.1.
 *
 * @module
 */
import {
  type AuthorizationRequest,
  type ContextEntries,
  createPolicySet,
  type Decision,
  evaluate,
  messageOf,
  type PolicySet,
} from '@iamkit/core'
import type { Access, Call } from '../operation.js'
import { policiesFor } from './policies-for.js'
import { principalKeys } from './principal-keys.js'

/** A question and its answer. */
export interface Decided {
  readonly request: AuthorizationRequest & { readonly context: ContextEntries }
  readonly decision: Decision
}

/** @param action of those that name none, such as `iam:CreateUser` */
export function decideAll(
  call: Call,
  accesses: readonly Access[],
  action: string,
): readonly Decided[] {
  if (accesses.length === 0) return []
  const own = policiesFor(call.caller, call.world)
  const known = serverKeys(call)
  return accesses.map((access) => {
    const resourceAccount = access.resourceAccount ?? call.account
    const context: Record<string, ContextEntries[string]> = Object.create(null) // quick to fill
    Object.assign(context, access.context, known, access.proven)
    context['aws:ResourceAccount'] = resourceAccount
    const request = {
      principal: call.caller.principal,
      action: access.action ?? action,
      resource: access.resource,
      resourceAccount,
      ...(access.resourceTrust && { resourceTrust: access.resourceTrust }),
      context,
    }
    return { request, decision: evaluate(withResource(own, access.policies), request) }
  })
}

/** Callers of another account are told only that they may not. */
export function refusalOf({ request, decision }: Decided): string {
  const { principal, resourceAccount } = request
  const isForeign = 'account' in principal && principal.account !== resourceAccount
  return messageOf(decision, request, { disclose: !isForeign })
}

/** What the server knows of a call: nothing that an operation says may stand over it. */
function serverKeys({ caller, now, region, requestKeys }: Call): ContextEntries {
  const time = {
    'aws:CurrentTime': now,
    'aws:EpochTime': Math.floor(now.getTime() / 1000),
    'aws:RequestedRegion': region,
    'aws:ViaAWSService': false,
  }
  return Object.assign(Object.create(null), requestKeys, time, principalKeys(caller, now))
}

/** By the caller's set, then the resource's policy: made ready while both are in use. */
const joined = new WeakMap<PolicySet, WeakMap<object, PolicySet>>()

function withResource(own: PolicySet, policies: Access['policies']): PolicySet {
  if (!policies?.resource) return own
  const known = joined.get(own) ?? new WeakMap<object, PolicySet>()
  joined.set(own, known)
  const set = known.get(policies.resource) ?? createPolicySet({ ...own, ...policies })
  known.set(policies.resource, set)
  return set
}
