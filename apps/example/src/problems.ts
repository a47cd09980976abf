/**
 * The app's own errors as `application/problem+json`; refusals have been answered before.
 *
 * Shape   type, title, status, detail, as the guard's own replies have them.
 * Errors  None.
 * Source  RFC 9457.
 *
 * @module
 */
import { ConflictError, ControlPlaneError, InputError, NotFoundError } from './errors.js'

export interface ProblemReply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** What is answered where no route is. */
export function unknownRoute(): ProblemReply {
  return problemReply(new NotFoundError('there is no such route'))
}

export function problemReply(error: unknown): ProblemReply {
  const { status, title, detail } = problemOf(error)
  if (status === 500) console.error('example: a handler failed', error)
  return {
    status,
    headers: {
      'content-type': 'application/problem+json; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
    body: JSON.stringify({ type: 'about:blank', title, status, detail }),
  }
}

interface Problem {
  readonly status: number
  readonly title: string
  readonly detail: string
}

function problemOf(error: unknown): Problem {
  if (error instanceof InputError)
    return { status: 400, title: 'Invalid input', detail: error.message }
  if (error instanceof NotFoundError)
    return { status: 404, title: 'Not found', detail: error.message }
  if (error instanceof ConflictError)
    return { status: 409, title: 'Conflict', detail: error.message }
  if (error instanceof ControlPlaneError)
    return { status: 503, title: 'Unavailable', detail: error.message }
  const status = error instanceof Error && 'status' in error ? error.status : 500
  if (status === 413) return { status, title: 'Too large', detail: 'a body has at most 64 KiB' }
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return { status, title: 'Invalid request', detail: 'the request could not be read' }
  }
  return { status: 500, title: 'Failure', detail: 'something went wrong on our side' }
}
