/**
 * The context keys that follow from a request's principal and resource.
 *
 * Shape   nothing else is derived: no clock, address, tags or transport. A key that the request
 *         carries, in any case, stays as it is.
 * Errors  None.
 * Source  Specification 4.2 and section 8.
 *
 * @module
 */
import type { RequestPrincipal } from '@iamkit/core'
import type { ContextValues, ReferenceRequest } from './reference/document-set.js'

/** The request's context with the derived keys added. */
export function deriveContext(request: ReferenceRequest): ContextValues {
  const given = new Set(Object.keys(request.context).map((key) => key.toLowerCase()))
  const derived = Object.entries({
    ...principalKeys(request.principal),
    'aws:ResourceAccount': request.resourceAccount,
  })
  const missing = derived.filter(([key]) => !given.has(key.toLowerCase()))
  return { ...Object.fromEntries(missing), ...request.context }
}

function principalKeys(principal: RequestPrincipal): ContextValues {
  switch (principal.type) {
    case 'root':
      return signedKeys('Account', principal.account, principal.arn)
    case 'user': {
      const name = principal.arn.slice(principal.arn.lastIndexOf('/') + 1)
      return { ...signedKeys('User', principal.account, principal.arn), 'aws:username': name }
    }
    case 'role-session':
      return signedKeys('AssumedRole', principal.account, principal.roleArn)
    case 'federated-user':
      return signedKeys('FederatedUser', principal.account, principal.arn)
    case 'service':
      return {
        'aws:PrincipalIsAWSService': 'true',
        'aws:PrincipalServiceName': principal.service,
      }
    case 'anonymous':
      return { 'aws:PrincipalAccount': 'anonymous', 'aws:PrincipalType': 'Anonymous' }
    case 'federated-caller':
      return {}
  }
}

function signedKeys(type: string, account: string, arn: string): ContextValues {
  return {
    'aws:PrincipalArn': arn,
    'aws:PrincipalAccount': account,
    'aws:PrincipalType': type,
    'aws:PrincipalIsAWSService': 'false',
  }
}
