/**
 * A refusal on its way through Express.
 *
 * Shape   {@link RefusalError} carries status and headers under the names that Express itself reads, so
 *         that an app without {@link errors} still refuses.
 * Errors  None.
 *
 * @module
 */
import type { Refusal, Reply } from '@iamkit/http'
import type { ErrorRequestHandler } from 'express'

const REPLY = Symbol.for('iamkit.reply')

/** A request that may not pass. The guard gives it to `next`; `errors()` answers it. */
export class RefusalError extends Error {
  override readonly name = 'RefusalError'
  readonly code = 'ERR_REFUSED'
  readonly status: number
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string>>
  /** True where the message may be shown to the caller. */
  readonly expose: boolean
  /** What the guard said. */
  readonly outcome: Refusal
  readonly [REPLY]: Reply

  constructor(outcome: Refusal, reply: Reply) {
    const { title, detail } = reply.problem
    super(
      `${title}: ${detail}`,
      outcome.kind === 'unavailable' ? { cause: outcome.cause } : undefined,
    )
    this.status = reply.status
    this.statusCode = reply.status
    this.headers = reply.headers
    this.expose = reply.status < 500
    this.outcome = outcome
    this[REPLY] = reply
  }
}

/** Answers refusals with `application/problem+json`. Other errors pass on to the app's own middleware. */
export function errors(): ErrorRequestHandler {
  // biome-ignore lint/complexity/useMaxParams: Express tells error handlers by their four parameters
  return (error: unknown, _req, res, next) => {
    const reply = replyIn(error)
    if (reply === undefined || res.headersSent) return next(error)
    res.status(reply.status).set(reply.headers).end(reply.body)
  }
}

function replyIn(error: unknown): Reply | undefined {
  return error instanceof Error && REPLY in error ? (error[REPLY] as Reply) : undefined
}
