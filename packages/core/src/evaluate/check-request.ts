/**
 * Checks what a caller of `evaluate` could get wrong, so that nothing below has to.
 *
 * Units   a resource has at most 2048 UTF-16 code units.
 * Errors  {@link RequestError} (`ERR_REQUEST_INVALID`) from {@link checkRequest}.
 * Source  Specification 4.1, 5.1 and 5.9.
 *
 * @module
 */
import { MAX_ARN_LENGTH } from '../arn/arn.js'
import { splitArn } from '../arn/arn-split.js'
import { isResourceName, knownPartition } from '../arn/known-arn.js'
import { RequestError } from '../errors.js'
import { isInAccount, type RequestPrincipal } from '../request/principal.js'
import type { AuthorizationRequest } from '../request/request.js'

/**
 * Refuses a request that is ill-formed or contradicts itself. Its action and its context are read
 * elsewhere.
 */
export function checkRequest(request: AuthorizationRequest): void {
  checkShape(request)
  checkName(request)
}

/** {@link checkRequest} but for what a pattern proves that matches: that the resource is an ARN. */
export function checkShape(request: AuthorizationRequest): void {
  if (!isObject(request)) refuse('request', 'must be an object')
  const { principal, resource, resourceAccount, resourceTrust: trust } = request
  if (!isObject(principal) || !knownCaller(principal)) checkPrincipal(principal)
  if (typeof resource !== 'string' || resource.length > MAX_ARN_LENGTH) refuseName()
  if (typeof resourceAccount !== 'string' || resourceAccount === '') {
    refuse('resourceAccount', 'must name the account that owns the resource')
  }
  if (trust !== undefined && trust !== 'implicit' && trust !== 'explicit') {
    refuse('resourceTrust', 'must be `implicit` or `explicit`')
  }
}

export function checkName({ resource }: AuthorizationRequest): void {
  if (!isResourceName(resource)) refuseName()
}

function refuseName(): never {
  refuse('resource', 'must be `*` or an ARN of at most 2048 characters')
}

/** The partition of a caller that was found well-formed before; undefined for any other. */
export function partitionOfKnown(principal: RequestPrincipal): string | undefined {
  return knownCaller(principal)?.partition
}

function refuse(key: string, problem: string): never {
  throw new RequestError(key, problem)
}

/** The texts of a caller that was found well-formed. */
interface KnownCaller {
  readonly type: string
  readonly account: string
  readonly arn: string
  readonly owner: string
  readonly partition: string
}

/** 256 callers are remembered, by texts and not by objects, which their owner may change. */
const remembered = new Array<KnownCaller | undefined>(256).fill(undefined)

function knownCaller(principal: RequestPrincipal): KnownCaller | undefined {
  const { type, account, arn } = principal as { type: string; account?: string; arn?: unknown }
  if (typeof arn !== 'string') return undefined
  const known = remembered[slotOf(arn)]
  if (known === undefined || known.arn !== arn || known.type !== type) return undefined
  return known.account === account && known.owner === ownerOf(principal) ? known : undefined
}

function slotOf(arn: string): number {
  const { length } = arn
  return (length * 7 + arn.charCodeAt(length - 1) * 31 + arn.charCodeAt(length - 3)) & 255
}

/** The role of a session, the user of a federated one. */
function ownerOf(principal: RequestPrincipal): string {
  if (principal.type === 'role-session') return principal.roleArn
  return principal.type === 'federated-user' ? principal.userArn : ''
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
  if (typeof type !== 'string' || !Object.hasOwn(PRINCIPAL_FIELDS, type)) {
    refuse('principal', 'must have a known `type`')
  }
  for (const field of PRINCIPAL_FIELDS[principal.type]) {
    const value: unknown = (principal as never)[field]
    const key = `principal.${field}`
    if (typeof value !== 'string' || value === '')
      refuse(key, `is required for \`${principal.type}\``)
    if (
      isInAccount(principal) &&
      field !== 'account' &&
      splitArn(value)?.[4] !== principal.account
    ) {
      refuse(key, "must be an ARN of the caller's account")
    }
  }
  if (!isInAccount(principal)) return
  const { account, arn } = principal
  const partition = knownPartition(splitArn(arn)?.[1] ?? '')
  remembered[slotOf(arn)] = { type, account, arn, owner: ownerOf(principal), partition }
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}
