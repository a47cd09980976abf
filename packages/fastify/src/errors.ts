/**
 * A refusal on its way through Fastify.
 *
 * Errors  {@link IamOptionsError} (`ERR_IAM_OPTIONS_INVALID`) from {@link errors} that is given uncalled.
 *
 * @module
 */
import { IamOptionsError, replyIn } from '@iamkit/http'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** As Fastify's `setErrorHandler` takes it. */
export type ErrorHandler = (error: Error, request: FastifyRequest, reply: FastifyReply) => unknown

/**
 * Answers refusals with `application/problem+json`, and gives every other error to the app's own handler.
 * Absent: to the handler of the plugin around, or Fastify's.
 */
export function errors(other: ErrorHandler = passOn): ErrorHandler {
  // Given uncalled, it would be called with the refusal, and answer it with nothing.
  if (typeof other !== 'function') {
    throw new IamOptionsError('errors', 'call it: `app.setErrorHandler(errors())`')
  }
  return (error, request, reply) => {
    const refused = replyIn(error)
    if (refused === undefined) return other(error, request, reply)
    return reply.code(refused.status).headers(refused.headers).send(refused.body)
  }
}

const passOn: ErrorHandler = (error) => {
  throw error
}
