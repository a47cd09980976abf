/**
 * A question of the app's own code, outside of any guard.
 *
 * Errors  {@link PolicySourceError} (`ERR_POLICY_SOURCE`) and core's `RequestError` (`ERR_REQUEST_INVALID`) from
 *         {@link checkQuestion}.
 *
 * @module
 */
import {
  type ActionOf,
  type AnyService,
  type ContextEntries,
  RequestError,
  requestTagEntries,
  resourceTagLookup,
  type Tags,
} from '@iamkit/core'
import type { Question } from './guard/decide.js'
import type { IamDecision } from './guard/decision.js'
import { checkIdentity, type Identity } from './identity/identity.js'
import { fieldsOf, foreignField } from './option-kinds.js'
import type { IamOptions } from './options.js'
import { policiesNow } from './policies/policies-now.js'
import { questionOf } from './policies/policy-question.js'
import { findAction, type RouteAction } from './route/action.js'

/** A question from the app's own code, such as a job that acts long after its request. */
export interface CheckRequest<S extends AnyService = AnyService> {
  readonly identity: Identity
  readonly action: ActionOf<S>
  /** Absent: `*`, but only for an action without a resource. */
  readonly resource?: string
  /** Absent: the app's account. */
  readonly resourceAccount?: string
  readonly resourceTags?: Tags
  readonly requestTags?: Tags
  /** Anything else that is known. Keys of the caller and of the clock are iamkit's. */
  readonly context?: ContextEntries
}

/** One answer among many: a decision, or why there is none. */
export type CheckResult =
  | { readonly decision: IamDecision; readonly error?: never }
  | { readonly error: Error; readonly decision?: never }

const FIELDS = fieldsOf<CheckRequest>({
  identity: true,
  action: true,
  resource: true,
  resourceAccount: true,
  resourceTags: true,
  requestTags: true,
  context: true,
})

/** Tags by another name would not be there, and a resource left out would be none that a Deny names. */
function checkRequest(request: CheckRequest, action: RouteAction): void {
  const foreign = foreignField(request, FIELDS)
  if (foreign !== undefined) {
    throw new RequestError(foreign, `is nothing to ask about; there are ${[...FIELDS].join(', ')}`)
  }
  checkIdentity(request.identity)
  if (request.resource !== undefined || action.resource === undefined) return
  const { resourceType } = action.resource
  throw new RequestError(
    'resource',
    `\`${action.action}\` acts on a \`${resourceType}\`: say which, or \`*\` for one that nothing names`,
  )
}

/** All that a decision about it rests on, policies included. */
export function checkQuestion<S extends AnyService>(
  options: IamOptions<S>,
  request: CheckRequest<S>,
): Question {
  const action = findAction(options.services, request.action)
  checkRequest(request, action)
  const { identity, resource = '*', requestTags, resourceTags } = request
  return {
    identity,
    action,
    resource,
    resourceAccount: request.resourceAccount ?? options.account,
    policies: policiesNow(options.policies, questionOf(identity, resource)),
    entries: [request.context ?? {}, requestTags ? requestTagEntries(requestTags) : {}],
    resourceTags: resourceTags && resourceTagLookup(resourceTags),
    // The app acts on the answer itself.
    mode: 'enforce',
    origin: 'check',
  }
}

/** The answer to one question of many. */
export function resultOf(check: () => IamDecision): CheckResult {
  try {
    return { decision: check() }
  } catch (error) {
    return { error: error instanceof Error ? error : new Error('a check failed', { cause: error }) }
  }
}
