/**
 * iamkit by its front door: `isAllowed`, and `evaluate`, which also says why.
 *
 * Errors  core's `PolicyParseError` (`ERR_POLICY_INVALID`) for a document that is none.
 *
 * @module
 */
import type { DocumentLevel, DocumentSet } from '@iamkit/conformance'
import {
  type AuthorizationRequest,
  compile,
  createPolicySet,
  evaluate,
  isAllowed,
  type PolicyDocument,
  type PolicyOptions,
  type PolicySet,
  type PolicyType,
  parsePolicy,
  requestContext,
} from '@iamkit/core'
import { ACCOUNT } from '../workloads/caller.js'
import type { Draft } from '../workloads/scenario.js'
import type { Engine } from './engine.js'

export const IAMKIT = 'iamkit'
export const IAMKIT_REASONS = 'iamkit evaluate'

export const iamkit: Engine = {
  name: IAMKIT,
  kind: 'iamkit',
  speaksIam: true,
  prepare:
    ({ documents }) =>
    () => {
      const policies = policySet(documents)
      return { requestFor, decide: (request: AuthorizationRequest) => isAllowed(policies, request) }
    },
}

export const iamkitReasons: Engine = {
  name: IAMKIT_REASONS,
  kind: 'iamkit',
  speaksIam: true,
  prepare:
    ({ documents }) =>
    () => {
      const policies = policySet(documents)
      return {
        requestFor,
        decide: (request: AuthorizationRequest) => evaluate(policies, request).answer === 'Allow',
      }
    },
}

/** Every document of a scenario, parsed, compiled and made ready. */
export function policySet(documents: DocumentSet, quotas: Quotas = false): PolicySet {
  const { identity, resource, boundary, session, endpoint, scps, rcps } = documents
  const read = (type: PolicyType) => (document: PolicyDocument) =>
    compile(parsePolicy(document, { type, quotas }))
  const level = (type: PolicyType) => (list: DocumentLevel) => list.map(read(type))
  return createPolicySet({
    identity: identity?.map(read('identity')),
    session: session?.map(read('session')),
    resource: resource ? read('resource')(resource) : undefined,
    boundary: boundary ? read('boundary')(boundary) : undefined,
    endpoint: endpoint ? read('endpoint')(endpoint) : undefined,
    scps: scps?.map(level('scp')),
    rcps: rcps?.map(level('rcp')),
  })
}

type Quotas = NonNullable<PolicyOptions['quotas']>

export function requestFor(draft: Draft): AuthorizationRequest {
  const { caller, action, resource, context } = draft
  return {
    principal: { ...caller.principal },
    action,
    resource,
    resourceAccount: ACCOUNT,
    context: requestContext(context),
  }
}
