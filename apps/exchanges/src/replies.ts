/**
 * The replies of the exchanges, each written out once.
 *
 * Source  RFC 9457; RFC 6750, section 3; RFC 9470, section 3.
 *
 * @module
 */
import type { Exchange, Reply } from './exchange.js'

const JSON_TYPE = 'application/json; charset=utf-8'
const PROBLEM = {
  'content-type': 'application/problem+json; charset=utf-8',
  'cache-control': 'no-store',
  vary: 'Authorization',
  'x-content-type-options': 'nosniff',
} as const

/** What an allowed handler answers: its name, what was decided about, and what the guard handed on. */
export interface Answer {
  readonly handler: string
  readonly action?: string
  readonly resource?: string
  readonly value?: unknown
  readonly tags?: Readonly<Record<string, string>>
  readonly caller?: string
  readonly refusal?: string
  readonly keys?: Readonly<Record<string, unknown>>
}

/** The handler ran and answered. */
export function ran(answer: Answer): Pick<Exchange, 'reply' | 'ran'> {
  const reply = { status: 200, headers: { 'content-type': JSON_TYPE }, body: answer }
  return { reply, ran: [answer.handler] }
}

/** As the app itself answers what is not there. */
export const nothingHere: Reply = {
  status: 404,
  headers: { 'content-type': JSON_TYPE },
  body: { error: 'nothing here' },
}

/** As the app itself answers an error of its framework. */
export function appError(status: number): Reply {
  return { status, headers: { 'content-type': JSON_TYPE }, body: { error: status } }
}

/** Not a route of the framework's at all: Node's parser has closed the connection. */
export const closed: Reply = { status: 400, headers: {}, body: '' }

export function denied(action: string, resource?: string): Reply {
  return {
    status: 403,
    headers: PROBLEM,
    body: {
      type: 'urn:iamkit:problem:access-denied',
      title: 'Access denied',
      status: 403,
      detail: `not authorized to perform ${action} on this resource`,
      instance: 'urn:uuid:ID',
      action,
      ...(resource !== undefined && { resource }),
    },
  }
}

export const noCredentials: Reply = {
  status: 401,
  headers: { ...PROBLEM, 'www-authenticate': 'Bearer' },
  body: {
    type: 'urn:iamkit:problem:unauthenticated',
    title: 'Authentication required',
    status: 401,
    detail: 'the request carries no credentials',
    instance: 'urn:uuid:ID',
  },
}

export function badCredentials(detail: string): Reply {
  return {
    status: 401,
    headers: {
      ...PROBLEM,
      'www-authenticate': `Bearer error="invalid_token", error_description="${detail}"`,
    },
    body: {
      type: 'urn:iamkit:problem:invalid-credentials',
      title: 'Invalid credentials',
      status: 401,
      detail,
      instance: 'urn:uuid:ID',
    },
  }
}

export const twoHeaders: Reply = {
  status: 400,
  headers: {
    ...PROBLEM,
    'www-authenticate': 'Bearer error="invalid_request", error_description="two headers"',
  },
  body: {
    type: 'urn:iamkit:problem:invalid-credentials',
    title: 'Invalid credentials',
    status: 400,
    detail: 'two headers',
    instance: 'urn:uuid:ID',
  },
}

export function invalid(detail: string): Reply {
  return {
    status: 400,
    headers: PROBLEM,
    body: {
      type: 'urn:iamkit:problem:invalid-request',
      title: 'Invalid request',
      status: 400,
      detail,
      instance: 'urn:uuid:ID',
    },
  }
}

export function stepUp(action: string, resource: string, challenge: string): Reply {
  return {
    status: 401,
    headers: { ...PROBLEM, 'www-authenticate': challenge },
    body: {
      type: 'urn:iamkit:problem:step-up',
      title: 'Stronger login required',
      status: 401,
      detail: `not authorized to perform ${action} on this resource`,
      instance: 'urn:uuid:ID',
      action,
      resource,
    },
  }
}

export const missing: Reply = {
  status: 404,
  headers: PROBLEM,
  body: {
    type: 'urn:iamkit:problem:not-found',
    title: 'Not found',
    status: 404,
    detail: 'there is no such resource',
    instance: 'urn:uuid:ID',
  },
}

export function unmapped(allow: string): Reply {
  return {
    status: 405,
    headers: { ...PROBLEM, allow },
    body: {
      type: 'urn:iamkit:problem:method-not-allowed',
      title: 'Method not allowed',
      status: 405,
      detail: 'nobody may use this method here',
      instance: 'urn:uuid:ID',
    },
  }
}

export function undecided(status: 500 | 503): Reply {
  return {
    status,
    headers: PROBLEM,
    body: {
      type: 'urn:iamkit:problem:unavailable',
      title: 'No decision',
      status,
      detail: 'the request could not be decided',
      instance: 'urn:uuid:ID',
    },
  }
}

/** The same without its body, as HEAD is answered. */
export function headOf(reply: Reply): Reply {
  return { ...reply, body: '' }
}
