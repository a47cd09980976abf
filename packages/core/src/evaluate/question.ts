/**
 * What a request is decided by: the plan of its action, and its context.
 *
 * Errors  {@link RequestError} (`ERR_REQUEST_INVALID`) from both functions.
 * Source  Specification 5.1.
 *
 * @module
 */
import { createLayer } from '../compile/layer.js'
import { createPlan, layersOf, type Plan } from '../compile/plan.js'
import type { Planner } from '../compile/planner.js'
import { PLANNER, type PolicySet } from '../compile/policy-set.js'
import { isRequestContext, type RequestContext, requestContext } from '../request/context.js'
import type { AuthorizationRequest } from '../request/request.js'
import { audienceOf } from './audience.js'

/** Does not check the request: see `checkRequest`. */
export function planOf(policies: PolicySet, request: AuthorizationRequest): Plan {
  const planner = (policies as { readonly [PLANNER]?: Planner })[PLANNER]
  // What was spread into another set has come along, and knows nothing of what is new there.
  return planner?.policies === policies
    ? planner.planFor(audienceOf(request), request.action)
    : planAnew(policies, request)
}

/** A plain object may have changed. */
function planAnew(policies: PolicySet, request: AuthorizationRequest): Plan {
  return createPlan(layersOf(policies, createLayer), audienceOf(request), request.action)
}

const EMPTY = requestContext({})

export function contextOf({ context = EMPTY }: AuthorizationRequest): RequestContext {
  return isRequestContext(context) ? context : requestContext(context)
}
