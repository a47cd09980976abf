/**
 * The sentence that people know from AWS.
 *
 * Shape   `User: <ARN> is not authorized to perform: <action> on resource: <ARN> because no
 *         identity-based policy allows the <action> action`.
 * Errors  None.
 * Source  Specification 6.1.
 *
 * @module
 */
import { cut } from '../errors.js'
import type { Decision } from '../evaluate/decision.js'
import type { PolicyType } from '../policy/document.js'
import { isInAccount, type RequestPrincipal } from '../request/principal.js'
import type { AuthorizationRequest } from '../request/request.js'

export interface MessageOptions {
  /** False: a caller of another organization, who is told only that it may not. Default: true. */
  readonly disclose?: boolean
}

/** Says a decision in one sentence. Never throws, whatever the request holds. */
export function messageOf(
  decision: Decision,
  request: AuthorizationRequest,
  { disclose = true }: MessageOptions = {},
): string {
  const { principal, action, resource } = namesOf(request)
  const target = resource === '*' ? '' : ` on resource: ${resource}`
  const allowed = decision.answer === 'Allow'
  const subject = `User: ${principal} is ${allowed ? '' : 'not '}authorized to perform: ${action}${target}`
  if (allowed || !disclose) return subject
  if (decision.answer === 'ExplicitDeny')
    return `${subject} with an explicit deny in ${ARTICLES[decision.type] ?? 'a'} ${NAMES[decision.type]}`
  if (decision.problem)
    return `${subject} because the request could not be decided: ${decision.problem.message}`
  return `${subject} because no ${NAMES[decision.type]} allows the ${action} action`
}

/** What a request is about, as text; `unknown` stands for what is no text. */
export interface RequestNames {
  /** The caller's ARN, its service, its provider or `anonymous`. */
  readonly principal: string
  readonly action: string
  readonly resource: string
}

/** Never throws: a request that was refused may hold anything, a getter that throws included. */
export function namesOf(request: AuthorizationRequest): RequestNames {
  try {
    const { principal, action, resource } = request
    return { principal: callerName(principal), action: textOf(action), resource: textOf(resource) }
  } catch {
    return { principal: 'unknown', action: 'unknown', resource: 'unknown' }
  }
}

function callerName(principal: RequestPrincipal | undefined): string {
  if (!principal) return 'unknown'
  if (isInAccount(principal)) return textOf(principal.arn)
  if (principal.type === 'service') return textOf(principal.service)
  if (principal.type === 'federated-caller') return textOf(principal.provider)
  return principal.type === 'anonymous' ? 'anonymous' : 'unknown'
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? cut(value, 2048) : 'unknown'
}

/** What AWS's messages call a policy type. */
const NAMES: { readonly [Type in PolicyType]: string } = {
  identity: 'identity-based policy',
  resource: 'resource-based policy',
  trust: 'role trust policy',
  boundary: 'permissions boundary',
  session: 'session policy',
  endpoint: 'VPC endpoint policy',
  scp: 'service control policy',
  rcp: 'resource control policy',
}

const ARTICLES: { readonly [Type in PolicyType]?: string } = { identity: 'an', trust: 'the' }
