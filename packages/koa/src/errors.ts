/**
 * A refusal on its way through Koa.
 *
 * Errors  None.
 *
 * @module
 */
import { replyIn } from '@iamkit/http'
import type { Middleware } from 'koa'

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
