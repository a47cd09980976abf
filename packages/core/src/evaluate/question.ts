/**
 * A request with its plan and its context.
 *
 * Errors  {@link RequestError} (`ERR_REQUEST_INVALID`) from {@link createQuestion}.
 * Source  Specification 5.1.
 *
 * @module
 */
import type { Plan } from '../compile/plan.js'
import type { PolicySet } from '../compile/policy-set.js'
import { plannerOf } from '../compile/prepared-set.js'
import { isRequestContext, type RequestContext, requestContext } from '../request/context.js'
import type { AuthorizationRequest } from '../request/request.js'
import { audienceOf } from './audience.js'

export interface Question {
  readonly request: AuthorizationRequest
  readonly context: RequestContext
  readonly plan: Plan
}

/** Does not check the request: see `checkRequest`. */
export function createQuestion(policies: PolicySet, request: AuthorizationRequest): Question {
  const plan = plannerOf(policies).planFor(audienceOf(request), request.action)
  return { request, context: contextOf(request), plan }
}

const EMPTY = requestContext({})

function contextOf({ context = EMPTY }: AuthorizationRequest): RequestContext {
  return isRequestContext(context) ? context : requestContext(context)
}
