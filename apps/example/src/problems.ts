/**
 * The app's own errors as `application/problem+json`; refusals have been answered before.
 *
 * Shape   type, title, status, detail, as the guard's own replies have them.
 * Errors  None.
 * Source  RFC 9457.
 *
 * @module
 */
import type { ErrorRequestHandler, Request, Response } from 'express'
import { ConflictError, InputError } from './errors.js'

/** What is answered where no route is. */
export function unknownRoute(_req: Request, res: Response): void {
  send(res, { status: 404, title: 'Not found', detail: 'there is no such route' })
}

export function problems(): ErrorRequestHandler {
  // biome-ignore lint/complexity/useMaxParams: Express tells error handlers by their four parameters
  return (error: unknown, _req, res, next) => {
    if (res.headersSent) return next(error)
    const problem = problemOf(error)
    if (problem.status === 500) console.error('example: a handler failed', error)
    send(res, problem)
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
  if (error instanceof ConflictError)
    return { status: 409, title: 'Conflict', detail: error.message }
  const status = error instanceof Error && 'status' in error ? error.status : 500
  if (status === 413) return { status, title: 'Too large', detail: 'a body has at most 64 KiB' }
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return { status, title: 'Invalid request', detail: 'the request could not be read' }
  }
  return { status: 500, title: 'Failure', detail: 'something went wrong on our side' }
}

function send(res: Response, { status, title, detail }: Problem): void {
  res
    .status(status)
    .set({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
    .type('application/problem+json')
    .send(JSON.stringify({ type: 'about:blank', title, status, detail }))
}
