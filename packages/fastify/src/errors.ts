/**
 * A refusal on its way through Fastify.
 *
 * Shape   {@link RefusalError} carries status and headers under the names that Fastify itself reads, so
 *         that an app without {@link errors} still refuses.
 * Errors  None.
 *
 * @module
 */
import type { Refusal, Reply } from '@iamkit/http'
import type { FastifyReply, FastifyRequest } from 'fastify'

const REPLY = Symbol.for('iamkit.reply')

/** A request that may not pass. The guard gives it to Fastify, and Fastify to the error handler. */
export class RefusalError extends Error {
  override readonly name = 'RefusalError'
  readonly code = 'ERR_REFUSED'
  readonly statusCode: number
  /** Without the type of the body, which is that of whoever answers. */
  readonly headers: Readonly<Record<string, string>>
  /** What the guard said. */
  readonly outcome: Refusal
  readonly [REPLY]: Reply

  constructor(outcome: Refusal, reply: Reply) {
    const { title, detail } = reply.problem
    super(
      `${title}: ${detail}`,
      outcome.kind === 'unavailable' ? { cause: outcome.cause } : undefined,
    )
    const { 'content-type': _type, ...headers } = reply.headers
    this.statusCode = reply.status
    this.headers = headers
    this.outcome = outcome
    this[REPLY] = reply
  }
}

/** As Fastify's `setErrorHandler` takes it. */
export type ErrorHandler = (error: Error, request: FastifyRequest, reply: FastifyReply) => unknown

/**
 * Answers refusals with `application/problem+json`, and gives every other error to the app's own handler.
 * Absent: to the handler of the plugin around, or Fastify's.
 */
export function errors(other: ErrorHandler = passOn): ErrorHandler {
  return (error, request, reply) => {
    if (!(REPLY in error)) return other(error, request, reply)
    const { status, headers, body } = error[REPLY] as Reply
    return reply.code(status).headers(headers).send(body)
  }
}

const passOn: ErrorHandler = (error) => {
  throw error
}
