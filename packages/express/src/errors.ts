/**
 * A refusal on its way through Express.
 *
 * Errors  {@link IamOptionsError} (`ERR_IAM_OPTIONS_INVALID`) from {@link errors} that is given uncalled.
 *
 * @module
 */
import { IamOptionsError, markHandler, replyIn } from '@iamkit/http'
import type { ErrorRequestHandler } from 'express'

/** Answers refusals with `application/problem+json`. Other errors pass on to the app's own middleware. */
export function errors(...none: readonly never[]): ErrorRequestHandler {
  // Given uncalled, it would be called with each request, and never go on.
  if (none.length > 0) throw new IamOptionsError('errors', 'call it: `app.use(errors())`')
  // biome-ignore lint/complexity/useMaxParams: Express tells error handlers by their four parameters
  const answer: ErrorRequestHandler = (error: unknown, _req, res, next) => {
    const reply = replyIn(error)
    if (reply === undefined || res.headersSent) return next(error)
    res.status(reply.status).set(reply.headers).end(reply.body)
  }
  return markHandler(answer, { kind: 'errors' })
}
