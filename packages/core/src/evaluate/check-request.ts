/**
 * Checks what a caller of `evaluate` could get wrong, so that nothing below has to.
 *
 * Units   an action is at most 64 and 128 UTF-16 code units around its colon, a resource at most 2048.
 * Errors  {@link RequestError} (`ERR_REQUEST_INVALID`) from {@link checkRequest}.
 * Source  Specification 4.1, 5.1 and 5.9.
 *
 * @module
 */
import { MAX_ARN_LENGTH } from '../arn/arn.js'
import { splitArn } from '../arn/arn-split.js'
import { RequestError } from '../errors.js'
import { isInAccount, type RequestPrincipal } from '../request/principal.js'
import type { AuthorizationRequest } from '../request/request.js'

/** Refuses a request that is ill-formed or contradicts itself. Its context is read elsewhere. */
export function checkRequest(request: AuthorizationRequest): void {
  check(isObject(request), 'request', 'must be an object')
  const { principal, action, resource, resourceAccount, resourceTrust: trust } = request
  checkPrincipal(principal)
  check(isAction(action), 'action', 'must be `service:Name`, without wildcards')
  check(isResource(resource), 'resource', 'must be `*` or an ARN of at most 2048 characters')
  check(isText(resourceAccount), 'resourceAccount', 'must name the account that owns the resource')
  const isTrust = trust === undefined || trust === 'implicit' || trust === 'explicit'
  check(isTrust, 'resourceTrust', 'must be `implicit` or `explicit`')
}

function check(holds: boolean, key: string, problem: string): void {
  if (!holds) throw new RequestError(key, problem)
}

/** What each type of caller must carry besides its type. */
const PRINCIPAL_FIELDS: Readonly<Record<RequestPrincipal['type'], readonly string[]>> = {
  root: ['account', 'arn'],
  user: ['account', 'arn'],
  'role-session': ['account', 'arn', 'roleArn'],
  'federated-user': ['account', 'arn', 'userArn'],
  service: ['service'],
  'federated-caller': ['provider'],
  anonymous: [],
}

function checkPrincipal(principal: RequestPrincipal): void {
  const type: unknown = isObject(principal) ? principal.type : undefined
  const isKnown = isText(type) && Object.hasOwn(PRINCIPAL_FIELDS, type)
  check(isKnown, 'principal', 'must have a known `type`')
  for (const field of PRINCIPAL_FIELDS[principal.type]) {
    const value: unknown = (principal as never)[field]
    const key = `principal.${field}`
    check(isText(value), key, `is required for \`${principal.type}\``)
    if (isInAccount(principal) && field !== 'account') {
      const isOwn = splitArn(String(value))?.[4] === principal.account
      check(isOwn, key, "must be an ARN of the caller's account")
    }
  }
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

function isAction(value: unknown): boolean {
  return isText(value) && /^[^:*?\s]{1,64}:[^:*?\s]{1,128}$/.test(value)
}

function isResource(value: unknown): boolean {
  if (!isText(value) || value.length > MAX_ARN_LENGTH) return false
  return value === '*' || (value.startsWith('arn:') && splitArn(value)?.[5] !== undefined)
}
