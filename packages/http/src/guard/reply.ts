/**
 * An outcome that refuses → status, headers and body.
 *
 * Shape   a body of `application/problem+json`: type, title, status, detail, instance, and what was
 *         asked. Why it was refused is told only where `explain` says so.
 * Errors  None.
 * Source  RFC 9457; RFC 6750, section 3; RFC 9470, section 3; RFC 9110, sections 11.6.1 and 15.5.
 *
 * @module
 */
import type { CredentialProblem } from '../identity/identity.js'
import { explainDenial } from './denial.js'
import type { Refusal, StepUpChallenge } from './outcome.js'

export interface Reply {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly problem: ProblemDetails
  /** The problem as JSON text. */
  readonly body: string
}

/** RFC 9457, with what was asked; `explain` and `hint` only where the app explains denials. */
export interface ProblemDetails {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  /** `urn:uuid:` and the id of the decision. Absent on a masked refusal, which no two replies may tell apart. */
  readonly instance?: string
  readonly action?: string
  readonly resource?: string
  readonly explain?: readonly unknown[]
  readonly hint?: string
}

export interface ReplyOptions {
  /** True: a denial says which statements decided. For development. */
  readonly explain: boolean
}

/** The reply to a request that may not pass. */
export function replyTo(outcome: Refusal, { explain }: ReplyOptions): Reply {
  switch (outcome.kind) {
    case 'denied':
      return denied(outcome, explain)
    case 'hidden':
      return hidden()
    case 'missing':
      return problem('not-found', {
        status: 404,
        detail: 'there is no such resource',
        instance: instanceOf(outcome.decision.id),
      })
    case 'invalid':
      return problem('invalid-request', {
        status: 400,
        detail: outcome.message,
        instance: instanceOf(outcome.id),
      })
    case 'unauthenticated':
      return unauthenticated(outcome)
    case 'unmapped':
      return unmapped(outcome)
    case 'unavailable':
      return problem('unavailable', {
        status: outcome.status,
        detail: 'the request could not be decided',
        instance: instanceOf(outcome.id),
      })
  }
}

const TITLES = {
  'access-denied': 'Access denied',
  'not-found': 'Not found',
  'invalid-request': 'Invalid request',
  unauthenticated: 'Authentication required',
  'invalid-credentials': 'Invalid credentials',
  'step-up': 'Stronger login required',
  'method-not-allowed': 'Method not allowed',
  unavailable: 'No decision',
} as const

type ProblemType = keyof typeof TITLES

const HEADERS = {
  'content-type': 'application/problem+json; charset=utf-8',
  'cache-control': 'no-store',
  vary: 'Authorization',
  'x-content-type-options': 'nosniff',
} as const

type Details = Omit<ProblemDetails, 'type' | 'title'>

function problem(type: ProblemType, details: Details): Reply {
  const whole = { type: `urn:iamkit:problem:${type}`, title: TITLES[type], ...details }
  return { status: details.status, headers: HEADERS, problem: whole, body: JSON.stringify(whole) }
}

type Denied = Extract<Refusal, { kind: 'denied' }>

function denied(outcome: Denied, explain: boolean): Reply {
  const details = denial(outcome, explain)
  const { stepUp } = outcome
  if (stepUp === undefined) return problem('access-denied', { status: 403, ...details })
  const reply = problem('step-up', { status: 401, ...details })
  return withHeader('www-authenticate', stepUpChallenge(stepUp), reply)
}

/** Says nothing of this request, so that no two of them can be told apart. */
function hidden(): Reply {
  const reply = problem('not-found', { status: 404, detail: 'there is no such resource' })
  return { ...reply, headers: { 'content-type': HEADERS['content-type'] } }
}

function denial({ decision, isNamed }: Denied, explain: boolean): Omit<Details, 'status'> {
  const { action, resource } = decision.request
  const why = explain ? explainDenial(decision) : undefined
  return {
    detail: why?.detail ?? `not authorized to perform ${action} on this resource`,
    instance: instanceOf(decision.id),
    action,
    ...((isNamed || why?.explain) && { resource }),
    ...(why?.explain && { explain: why.explain }),
    ...(why?.hint !== undefined && { hint: why.hint }),
  }
}

function unauthenticated({
  id,
  challenge,
  credentials,
}: Extract<Refusal, { kind: 'unauthenticated' }>): Reply {
  const status = credentials?.problem === 'invalid_request' ? 400 : 401
  const type = credentials === undefined ? 'unauthenticated' : 'invalid-credentials'
  const detail = credentials?.description ?? 'the request carries no credentials'
  const reply = problem(type, { status, detail, instance: instanceOf(id) })
  const header = credentials === undefined ? challenge : challengeWith(challenge, credentials)
  return withHeader('www-authenticate', header, reply)
}

function unmapped({ id, methods }: Extract<Refusal, { kind: 'unmapped' }>): Reply {
  const detail = 'nobody may use this method here'
  const reply = problem('method-not-allowed', { status: 405, detail, instance: instanceOf(id) })
  return withHeader('allow', methods.join(', '), reply)
}

function withHeader(name: string, value: string, reply: Reply): Reply {
  return { ...reply, headers: { ...reply.headers, [name]: value } }
}

function challengeWith(
  challenge: string,
  { problem: error, description }: CredentialProblem,
): string {
  const text = description.replace(/[^\x20-\x7e]|["\\]/g, '')
  return withParameters(challenge, { error, error_description: text })
}

function stepUpChallenge({ challenge, acrValues, maxAge }: StepUpChallenge): string {
  return withParameters(challenge, {
    error: 'insufficient_user_authentication',
    error_description: 'a stronger login is required',
    acr_values: acrValues,
    ...(maxAge !== undefined && { max_age: String(maxAge) }),
  })
}

/** `Bearer` and `Bearer realm="docs"` take further parameters differently. */
function withParameters(challenge: string, parameters: Readonly<Record<string, string>>): string {
  const text = Object.entries(parameters).map(([name, value]) => `${name}="${value}"`)
  return `${challenge}${challenge.includes(' ') ? ', ' : ' '}${text.join(', ')}`
}

function instanceOf(id: string): string {
  return `urn:uuid:${id}`
}
