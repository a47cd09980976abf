/**
 * A refusal on its way through Koa.
 *
 * Errors  {@link IamOptionsError} (`ERR_IAM_OPTIONS_INVALID`) from {@link errors} that is given uncalled.
 *
 * @module
 */
import { IamOptionsError, markHandler, replyIn } from '@iamkit/http'
import type { Middleware } from 'koa'

/** Answers refusals with `application/problem+json`. Put it before the routes; other errors pass on. */
export function errors(...none: readonly never[]): Middleware {
  // Given uncalled, it would be called with each request, and never go on.
  if (none.length > 0) throw new IamOptionsError('errors', 'call it: `app.use(errors())`')
  const answer: Middleware = async (ctx, next) => {
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
  return markHandler(answer, { kind: 'errors' })
}
