/**
 * A refusal on its way through Koa.
 *
 * Shape   {@link RefusalError} carries status, headers and `expose`, which Koa itself reads, so that an app
 *         without {@link errors} still refuses.
 * Errors  None.
 *
 * @module
 */
import type { Refusal, Reply } from '@iamkit/http'
import type { Middleware } from 'koa'

const REPLY = Symbol.for('iamkit.reply')

/** A request that may not pass. The guard throws it; `errors()` answers it. */
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

/** Answers refusals with `application/problem+json`. Put it before the routes; other errors pass on. */
export function errors(): Middleware {
  return async (ctx, next) => {
    try {
      await next()
    } catch (error) {
      const reply = replyIn(error)
      if (reply === undefined || ctx.headerSent) throw error
      ctx.status = reply.status
      ctx.body = reply.body
      ctx.set(reply.headers)
    }
  }
}

function replyIn(error: unknown): Reply | undefined {
  return error instanceof Error && REPLY in error ? (error[REPLY] as Reply) : undefined
}
