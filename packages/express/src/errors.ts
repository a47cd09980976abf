/**
 * A refusal on its way through Express.
 *
 * Errors  None.
 *
 * @module
 */
import { replyIn } from '@iamkit/http'
import type { ErrorRequestHandler } from 'express'

/** Answers refusals with `application/problem+json`. Other errors pass on to the app's own middleware. */
export function errors(): ErrorRequestHandler {
  // biome-ignore lint/complexity/useMaxParams: Express tells error handlers by their four parameters
  return (error: unknown, _req, res, next) => {
    const reply = replyIn(error)
    if (reply === undefined || res.headersSent) return next(error)
    res.status(reply.status).set(reply.headers).end(reply.body)
  }
}
