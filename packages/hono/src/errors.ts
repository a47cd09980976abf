/**
 * A refusal on its way through Hono.
 *
 * Shape   {@link RefusalError} is an `HTTPException`, which Hono itself answers: an app without
 *         {@link errors} refuses just as well.
 * Errors  {@link IamOptionsError} (`ERR_IAM_OPTIONS_INVALID`) from {@link errors} that is given uncalled.
 *
 * @module
 */
import {
  IamOptionsError,
  keepReply,
  type Refusal,
  type Reply,
  refusalMessage,
  replyIn,
} from '@iamkit/http'
import type { ErrorHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

/** A request that may not pass. The guard throws it, and Hono gives it to the app's `onError`. */
export class RefusalError extends HTTPException {
  override readonly name = 'RefusalError'
  readonly code = 'ERR_REFUSED'
  /** What the guard said. */
  readonly outcome: Refusal
  readonly #reply: Reply

  constructor(outcome: Refusal, reply: Reply) {
    super(reply.status as ContentfulStatusCode, refusalMessage(outcome, reply))
    this.outcome = outcome
    this.#reply = reply
    keepReply(this, reply)
  }

  override getResponse(): Response {
    const { status, headers, body } = this.#reply
    return new Response(body, { status, headers })
  }
}

/**
 * Answers refusals with `application/problem+json`, and gives every other error to the app's own handler.
 * Absent: such errors are answered as Hono does.
 */
export function errors(other: ErrorHandler = answerOther): ErrorHandler {
  // Given uncalled, it would be called with the refusal, and answer it with nothing.
  if (typeof other !== 'function') {
    throw new IamOptionsError('errors', 'call it: `app.onError(errors())`')
  }
  return (error, c) => {
    const reply = replyIn(error)
    if (reply === undefined) return other(error, c)
    const { status, headers, body } = reply
    return c.body(body, status as ContentfulStatusCode, headers)
  }
}

const answerOther: ErrorHandler = (error, c) => {
  if ('getResponse' in error) {
    const response = error.getResponse()
    return c.newResponse(response.body, response)
  }
  // biome-ignore lint/suspicious/noConsole: as Hono itself does with what nobody answers
  console.error(error)
  return c.text('Internal Server Error', 500)
}
