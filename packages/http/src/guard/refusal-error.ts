/**
 * A refusal on its way through a framework.
 *
 * Shape   {@link RefusalError} carries status and headers under the names that frameworks themselves read, so
 *         that an app without an adapter's `errors` still refuses. The reply hangs on a `Symbol.for`, so that
 *         two copies of a package answer each other's.
 * Errors  None.
 *
 * @module
 */
import type { HttpErrorCode } from '../errors.js'
import type { Refusal } from './outcome.js'
import type { Reply } from './reply.js'

const REPLY = Symbol.for('iamkit.reply')

/** A request that may not pass. The guard gives it to the framework; `errors` answers it. */
export class RefusalError extends Error {
  override readonly name = 'RefusalError'
  readonly code = 'ERR_REFUSED' satisfies HttpErrorCode
  readonly status: number
  readonly statusCode: number
  /** Without the type of the body, which is that of whoever answers. */
  readonly headers: Readonly<Record<string, string>>
  /** True where the message may be shown to the caller. */
  readonly expose: boolean
  /** What the guard said. */
  readonly outcome: Refusal

  constructor(outcome: Refusal, reply: Reply) {
    const { message, ...options } = refusalMessage(outcome, reply)
    super(message, options)
    const { 'content-type': _type, ...headers } = reply.headers
    this.status = reply.status
    this.statusCode = reply.status
    this.headers = headers
    this.expose = reply.status < 500
    this.outcome = outcome
    keepReply(this, reply)
  }
}

/** The message and the cause of a refusal, for an error of the framework's own class. */
export function refusalMessage(
  outcome: Refusal,
  { problem }: Reply,
): { readonly message: string; readonly cause?: unknown } {
  const message = `${problem.title}: ${problem.detail}`
  return outcome.kind === 'unavailable' ? { message, cause: outcome.cause } : { message }
}

/** Hangs the reply on an error. */
export function keepReply(error: Error, reply: Reply): void {
  Object.defineProperty(error, REPLY, { value: reply })
}

/** The reply on an error; undefined where the error is no refusal. */
export function replyIn(error: unknown): Reply | undefined {
  return error instanceof Error && REPLY in error ? (error[REPLY] as Reply) : undefined
}
